"""How often one address may ask. The count is kept in the default cache: with several processes, each counts alone."""

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle


class PerAddress(AnonRateThrottle):  # type: ignore[misc]  # the package has no types
    """So many requests a minute, as the settings say; 0 is no limit."""

    scope = "api"

    def get_rate(self) -> str | None:
        """Return the limit as the package writes it."""
        number = settings.API_REQUESTS_PER_MINUTE
        return f"{number}/minute" if number else None
