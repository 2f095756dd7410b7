"""What a reader can work out of published counts; `audit.audit` is the door."""
