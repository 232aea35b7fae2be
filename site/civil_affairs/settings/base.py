"""Common settings, safe by default; the other modules loosen them or require more.

Everything that differs between machines comes from the environment; `docs/settings.md`
lists each variable.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE

from .caching import caches
from .tiles import tile_hosts

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

INSTALLED_APPS = [
    "demonstration",
    "civil_affairs",
    "guides",
    "place_names",
    "marriage",
    "search",
    "home",
    "leaflet",
    "ninja",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "civil_affairs.users_app.StaffUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "civil_affairs.middleware.HealthCheckMiddleware",
    "civil_affairs.middleware.PermissionsPolicyMiddleware",
    "civil_affairs.middleware.OpenDataMiddleware",
    "civil_affairs.middleware.RetryAfterMiddleware",
    "civil_affairs.request_quota.RequestQuotaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "civil_affairs.for_programs.ShortWayMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.languages.locales.LanguageMiddleware",
    "home.cache.page_cache.PageCacheMiddleware",
    "home.traditional.middleware.TraditionalMiddleware",
    "home.chinese_words.ChineseWordsMiddleware",
    "civil_affairs.middleware.ContentSecurityPolicyMiddleware",
    "civil_affairs.middleware.RejectUnreadableAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "home.pages.renamed_pages.RedirectMiddleware",
    "home.cache.memoize.SiteMiddleware",
    "home.staff.in_use.InUseMiddleware",
    "guides.publishing.middleware.PublishingRefusedMiddleware",
    "civil_affairs.client_errors.ClientErrorMiddleware",
    "civil_affairs.middleware.MethodNotAllowedMiddleware",
    "civil_affairs.middleware.DatabaseUnavailableMiddleware",
]

ROOT_URLCONF = "civil_affairs.urls"
WSGI_APPLICATION = "civil_affairs.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'database.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start, so two bookings queue instead of
        # failing half way; FULL because NORMAL may lose the last commits in a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
            # An import of 100,000 names grows the journal to a gigabyte: truncate it.
            "PRAGMA journal_size_limit=67108864;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files by default; a Redis or Valkey server where several machines serve the site.
# How many machines serve the site: with more than one, cache and database must be shared.
MACHINES = int(os.environ.get("MACHINES") or "1")

CACHES = caches(os.environ.get("CACHE_URL", ""), DATA_DIR)

# How long a public page may be cached; a change of content invalidates all. 0 caches nothing.
PAGE_CACHE_SECONDS = int(os.environ.get("PAGE_CACHE_SECONDS", "600"))

# Wagtail updates its search and reference indexes in small tasks, which run immediately in the
# transaction of the page. Long tasks go to `later`, which the worker runs.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "later": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Whether the worker asks other sites each week if the links to them still lead somewhere.
CHECK_OUTSIDE_LINKS = os.environ.get("CHECK_OUTSIDE_LINKS", "1") == "1"

LANGUAGE_CODE = "zh-hans"
FORMAT_MODULE_PATH = ["civil_affairs.formats"]
# English for what foreigners come for (`home.languages`); the admin is Chinese.
LANGUAGES = [("zh-hans", "简体中文"), ("en", "英文")]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES[:1]
TIME_ZONE = "Asia/Shanghai"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
# Files that browsers ask for at `/`, whatever the page says: /favicon.ico, touch icons.
WHITENOISE_ROOT = ROOT / "site" / "root_files"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "civil_affairs.storage.StaticFilesStorage"},
}
# Without a web server in front the site serves its own media (see docs/settings.md).
SERVE_MEDIA = os.environ.get("SERVE_MEDIA", "1") == "1"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "home.staff.password_words.GuessedWordsValidator"})
AUTHENTICATION_BACKENDS = ["home.staff.login_limits.LimitedModelBackend"]
LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "home.staff.login.StaffLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "home.staff.password_reset.QueuedPasswordResetForm"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "civil_affairs.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews the public page in a frame of its own.
SECURE_REFERRER_POLICY = "same-origin"

# Optional tiles under the maps of the register, e.g. 天地图; without it they draw our own
# polygons alone.
MAP_TILE_URL = os.environ.get("MAP_TILE_URL", "")
MAP_TILE_ATTRIBUTION = os.environ.get("MAP_TILE_ATTRIBUTION", "")

# Everything of the public site but those tiles comes from the site itself: no inline script
# or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts(MAP_TILE_URL)],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# Wagtail's admin and the pages of the API's documentation write inline scripts and styles.
# A nonce does not help: the editor inserts forms with inline scripts into an open page, and a
# browser empties the nonce of what is inserted (see SECURITY.md).
INLINE_SCRIPT_ADDRESSES = ("/admin/", "/api/v1/docs")
# Nothing of that is needed before somebody has logged in: the strict policy holds there.
ADMIN_ADDRESSES_BEFORE_LOGIN = ("/admin/login/", "/admin/password_reset/")
INLINE_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        # No handler in an attribute: that is how most stored scripts would run.
        "script-src-attr": [NONE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:", *tile_hosts(MAP_TILE_URL)],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# Interfaces for programs, where errors are problem documents; and where scripts of other sites
# may read as well (CORS).
PROGRAM_ADDRESSES = ("/ogc/", "/api/v1/", "/reconcile/")
# Requests to them a visitor has in a minute, counted in each process; 0: as many as wanted.
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "1200"))
OPEN_DATA_ADDRESSES = (*PROGRAM_ADDRESSES, "/place-names/")

WAGTAIL_SITE_NAME = "海珠民政"
# The address that canonical links and the sitemap give; empty: the one that was asked for.
PUBLIC_BASE_URL = os.environ.get("BASE_URL", "")
# Where no public address is set, the one that the server listens at (gunicorn.conf.py).
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # It would call a host outside.
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "geojson",
    "key",
    "odt",
    "pdf",
    "pptx",
    "txt",
    "xlsx",
    "zip",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = int(os.environ.get("MAX_DOCUMENT_MEGABYTES") or 50) << 20
WAGTAILIMAGES_IMAGE_MODEL = "home.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "home.SiteDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.staff.media_forms.SiteImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.staff.media_forms.SiteDocumentForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000  # Phones take pictures of 50 megapixels.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 << 20
# Larger pictures are stored smaller: pages show 1,440 pixels at most.
MAX_PICTURE_EDGE = 2560
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "heic": "webp"}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "guides.figures.staff.rich_text.FigureRichTextArea",
        "OPTIONS": {
            "features": [
                "h2",
                "h3",
                "bold",
                "ol",
                "ul",
                "link",
                "document-link",
                "hr",
                "blockquote",
            ]
        },
    }
}

# Where the search index lives: empty for the embedded engine, or http://host:9200.
SEARCH_URL = os.environ.get("SEARCH_URL", "")
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "civil_affairs_")
WAGTAILSEARCH_BACKENDS = {"embedded": {"BACKEND": "search.backends.embedded"}}
if SEARCH_URL:
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "search.backends.elasticsearch",
        "URLS": [SEARCH_URL],
        "INDEX_PREFIX": SEARCH_INDEX_PREFIX,
    }
else:
    WAGTAILSEARCH_BACKENDS["default"] = WAGTAILSEARCH_BACKENDS.pop("embedded")

# How many proxies of our own stand in front: where limits per visitor read the address.
PROXIES_IN_FRONT = int(os.environ.get("PROXIES_IN_FRONT", "0"))

# Keys for personal data at rest, newest first, as made by cryptography.fernet.
PERSONAL_DATA_KEYS = [key for key in os.environ.get("PERSONAL_DATA_KEYS", "").split(",") if key]

# How long the calendar of free slots is cached for all visitors.
CALENDAR_SECONDS = 2

# How messages to citizens are sent: console, file, mail or http (home/messages/gateways.py).
MESSAGE_GATEWAYS = {
    "sms": os.environ.get("MESSAGE_SMS") or "console",
    "mail": os.environ.get("MESSAGE_MAIL") or "console",
}
# Whether the page that asks for a telephone code shows it: only where no message is sent.
SHOW_TELEPHONE_CODE = os.environ.get("SHOW_TELEPHONE_CODE", "0") == "1"
MESSAGE_HTTP_URL = os.environ.get("MESSAGE_HTTP_URL", "")
MESSAGE_HTTP_TOKEN = os.environ.get("MESSAGE_HTTP_TOKEN", "")
# An outside captcha that speaks the protocol of hCaptcha and Turnstile; off without an address.
CAPTCHA = {
    "verify_url": os.environ.get("CAPTCHA_VERIFY_URL", ""),
    "script": os.environ.get("CAPTCHA_SCRIPT_URL", ""),
    "site_key": os.environ.get("CAPTCHA_SITE_KEY", ""),
    "secret": os.environ.get("CAPTCHA_SECRET", ""),
    "field": os.environ.get("CAPTCHA_FIELD", "h-captcha-response"),
    "css_class": os.environ.get("CAPTCHA_CLASS", "h-captcha"),
}
# An identity service (统一身份认证) that speaks OpenID Connect; off without an address.
IDENTITY = {
    "metadata_url": os.environ.get("IDENTITY_METADATA_URL", ""),
    "client_id": os.environ.get("IDENTITY_CLIENT_ID", ""),
    "client_secret": os.environ.get("IDENTITY_CLIENT_SECRET", ""),
    "scope": os.environ.get("IDENTITY_SCOPE", "openid profile phone"),
    "claims": dict(
        pair.split("=", 1)
        for pair in os.environ.get(
            "IDENTITY_CLAIMS", "name=name,number=id_number,phone=phone_number"
        ).split(",")
    ),
}

# Mail server: for bookings (MESSAGE_MAIL=mail), reviews and lost passwords.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# The site does its own caching; large uploads (imports) go to disk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "none": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "civil_affairs": {"level": "INFO"},
        # A 404 is not an error of the site, and its URL may contain personal data.
        "django.request": {"level": "ERROR"},
        # Scanners send IP addresses as Host all day; 400 needs no traceback.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
    },
}
