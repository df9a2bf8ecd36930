"""Which states a letter passes. What was sent stays sent; unknown and failed move only because a person said so."""

LEGAL = {
    ("queued", "sent"),
    ("queued", "unknown"),
    ("queued", "failed"),
    ("queued", "skipped"),
    ("unknown", "queued"),
    ("failed", "queued"),
}
