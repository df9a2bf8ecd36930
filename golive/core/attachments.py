"""A stored file on its way out: to keep, never to be shown in a page's place."""

from typing import IO

from django.http import FileResponse


def attached(file: IO[bytes], *, name: str, media_type: str) -> FileResponse:
    """Should a browser open it all the same, then with no rights, and as nothing but what we say it is."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
