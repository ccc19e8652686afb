"""An event of one's own: its folder laid out, checked, and reported."""
