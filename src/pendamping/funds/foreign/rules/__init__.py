"""What a mapping says, and how rows become loans and payments. Pure."""
