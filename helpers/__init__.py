"""Compare how several articles report one event: words and voices, likeness, figures."""
