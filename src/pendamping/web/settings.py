"""Django's settings. What differs between servers comes from the environment alone."""

import os

from django.utils.translation import gettext_lazy as _

from pendamping.web import environment
from pendamping.web.rooms import ROOMS

PENDAMPING_HOME = environment.home()
PENDAMPING_SECRET = environment.secret(PENDAMPING_HOME)
PENDAMPING_SOURCE_URL = environment.source_url()
PENDAMPING_FILES = PENDAMPING_HOME / "files"

SECRET_KEY = PENDAMPING_SECRET
DEBUG = False
ALLOWED_HOSTS = os.environ.get("PENDAMPING_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BEHIND_TLS = os.environ.get("PENDAMPING_TLS", "") == "1"

INSTALLED_APPS = [
    *(f"pendamping.{room}" for room in ROOMS),
    "pendamping.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "pendamping.web.language.LanguageMiddleware",
    "pendamping.web.signs.SignsMiddleware",  # before the first that asks the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pendamping.web.parts.PartsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pendamping.access.gate.GateMiddleware",
    "pendamping.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "pendamping.web.urls"
WSGI_APPLICATION = "pendamping.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            environment.PACKAGE.joinpath(*room.split("."), "templates") for room in ["web", *ROOMS]
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "pendamping.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "pendamping.web.context.page",
            ],
        },
    },
    {  # widgets of Django's own forms
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": environment.database(PENDAMPING_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {  # in the database, so that rate limits hold over several workers
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # beyond this a third is thrown away, counters of bad logins among them: never by a few hundred
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "pendamping.access.adapter.NoSignup"
ACCOUNT_FORMS = {"login": "pendamping.access.login.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies()
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pendamping"
MFA_ADAPTER = "pendamping.access.adapter.SealedSecondStep"

LANGUAGE_CODE = environment.language()
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
LOCALE_PATHS = [environment.PACKAGE / "kernel" / "locale"]  # the kernel is no app
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = PENDAMPING_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = environment.temporary(PENDAMPING_HOME)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "pendamping.web.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    "security.W004", "security.W008",  # TLS ends at the proxy in front
    "security.W005", "security.W021",  # other names of the domain are not ours to bind
]  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # a refused or unknown address is a page, not an event for the log
    "loggers": {"django.request": {"level": "ERROR"}},
}
