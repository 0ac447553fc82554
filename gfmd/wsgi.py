"""The WSGI application, as granian or any other server loads it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gfmd.settings")
application = get_wsgi_application()

# All that answers is loaded now, not by the first visitor, and stays to the end: the collector of garbage need not look
# at it again and again.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
