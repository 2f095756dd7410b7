"""Qadaya: court statistics on online child sexual exploitation in Morocco."""
