"""Letters in the admin: to read. The address in a letter may open an account, so it is not shown."""

from django.contrib import admin

from golive.audit.admin import ReadOnlyAdmin
from golive.letters.models import LetterRow


@admin.register(LetterRow)
class LetterRowAdmin(ReadOnlyAdmin):
    list_display = ["letter", "matter", "cycle", "address", "state", "tries", "queued_at", "sent_at"]
    list_filter = ["state", "letter"]
    search_fields = ["matter", "address", "message_id"]
    exclude = ["url", "words"]
    ordering = ["-id"]
    show_full_result_count = False
