"""What the candidate sees: a Textual app. Screens ask services and never touch a vendor."""
