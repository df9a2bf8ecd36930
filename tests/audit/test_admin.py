from django.contrib.admin.sites import AdminSite
from django.test import RequestFactory

from golive.audit.admin import AuditRowAdmin, ChainHeadAdmin
from golive.audit.models import AuditRow, ChainHead
from tests.builders import make_user


def test_an_administrator_reads_history_and_changes_nothing(db):
    request = RequestFactory().get("/")
    request.user = make_user("Ada", is_administrator=True)

    for admin_class, model in ((AuditRowAdmin, AuditRow), (ChainHeadAdmin, ChainHead)):
        admin = admin_class(model, AdminSite())
        assert admin.get_model_perms(request) == {"add": False, "change": False, "delete": False, "view": True}
        assert admin.get_actions(request) == {}
