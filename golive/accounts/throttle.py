"""Too fast: whoever counts raises it, the doors answer 429 with Retry-After."""

MINUTE, HOUR = 60, 3600


class TooFast(Exception):
    def __init__(self, text: str, *, retry_after: int = MINUTE) -> None:
        super().__init__(text)
        self.text, self.retry_after = text, retry_after
