import os

from django.core.wsgi import get_wsgi_application

from .charset import utf8_only
from .deployment import refuse_wrong_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civil_affairs.settings.production")

application = utf8_only(get_wsgi_application())
refuse_wrong_keys()
