"""What the bot does. Knows ports and the domain; never an adapter."""
