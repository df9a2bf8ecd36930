"""Which states a piece of work passes. A dead or unknown one moves only because a person said so."""

LEGAL = {
    ("ready", "leased"),
    ("leased", "ready"),  # failed or put off: tried again later
    ("leased", "done"),
    ("leased", "unknown"),  # it may have happened: a person decides
    ("leased", "dead"),  # tried five times
    ("dead", "ready"),
    ("dead", "done"),
    ("unknown", "ready"),
    ("unknown", "done"),
}
