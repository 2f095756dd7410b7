"""Who has answered, who is due and who is late, year by year, and letters to these."""
