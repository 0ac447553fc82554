"""The admin of this project: Django's own, with a site of ours."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Serves the secretariat's desk under ``/admin/``."""

    default_site = "gfmd.admin.Desk"
