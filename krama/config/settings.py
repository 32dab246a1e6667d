"""Krama's settings: one file, read from the environment."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from krama.config import environment

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "krama" / "web"
VAR = environment.folder("KRAMA_VAR", ROOT / "var")
KEYS = environment.folder("KRAMA_KEYS", VAR / "keys")

DEBUG = environment.flag("KRAMA_DEBUG")
DEMO = environment.flag("KRAMA_DEMO")
DEMO_ACCOUNTS = "krama.demo.accounts.demo_accounts"  # who a newcomer can sign in as, shown in a demonstration
SECRET_KEY = environment.text("KRAMA_SECRET_KEY")
ALLOWED_HOSTS = environment.names("KRAMA_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.names("KRAMA_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",  # sessions and hashing alone; its permissions are not used (access/policy.py decides)
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "krama.journal",
    "krama.access",
    "krama.records",
    "krama.vault",
    "krama.network",
    "krama.ledger",
    "krama.casework",
    "krama.repatriation",
    "krama.shelter",
    "krama.web",
    "krama.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "krama.access.middleware.RequestTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "krama.access.middleware.SignInFirst",
    "krama.access.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "krama.config.urls"
WSGI_APPLICATION = "krama.config.wsgi.application"
FORM_RENDERER = "krama.web.rendering.KramaRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "krama.config.navigation.frame",
            ],
        },
    }
]

# The web connects as a role that owns nothing; only `migrate` uses the owner.
# random_page_cost: no disk of today makes an index look-up four times a page in order; with PostgreSQL's default
# it reads all cases into a hash to show fifty.
_POOL = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, "options": "-c random_page_cost=1.1"}
DATABASES = {
    "default": {**environment.database("DATABASE_URL"), "OPTIONS": _POOL},
    "owner": {
        **environment.database("DATABASE_OWNER_URL", environment.text("DATABASE_URL")),
        "TEST": {"MIRROR": "default"},
    },
}
DATABASE_ROUTERS = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["krama.access.signing_in.Backend"]
PASSWORD_HASHERS = ["krama.access.signing_in.Argon2id"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "krama_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = environment.flag("KRAMA_HTTPS")
CSRF_COOKIE_SECURE = environment.flag("KRAMA_HTTPS")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "krama.web.failures.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31536000 if environment.flag("KRAMA_HTTPS") else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LANGUAGE_CODE = environment.text("KRAMA_LANGUAGE", "en")
LANGUAGES = [("en", _("English")), ("km", _("Khmer"))]
LANGUAGE_COOKIE_NAME = "krama_language"
LOCALE_PATHS = [WEB / "locale", WEB / "locale_django"]
FORMAT_MODULE_PATH = ["krama.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"

STATIC_URL = "static/"
STATIC_ROOT = environment.folder("KRAMA_STATIC", VAR / "static")
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if (STATIC_ROOT / "staticfiles.json").exists()
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR / "media"

# Uploads stay in memory: a manifest holds names and must never lie in a temporary folder in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 15 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Codes and paths only: no query strings with words, no form values, no exception locals.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "krama.config.logs.CodesOnly",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "krama": {"level": "INFO"},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"level": "WARNING"},
    },
}
DEFAULT_EXCEPTION_REPORTER = "krama.web.failures.QuietReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "krama.web.failures.QuietFilter"
