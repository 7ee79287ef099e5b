"""Province … ward, RW, RT; official codes."""
