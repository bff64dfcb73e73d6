"""Settings of the whole site: everything comes from the environment, and everything has a safe default.

What may be set, and what each default is, stands in the README under "Configure".
"""

from datetime import timedelta
from pathlib import Path

from environ import Env

from newsroom import environment, secret_key, storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- What the environment says -----------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR_PROBLEM = environment.make_folder(VAR_DIR)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key.read_or_make(VAR_DIR / "secret_key")
SITE_NAME = env.str("SITE_NAME", default="The Newsroom")
# A mailbox or an address for whoever finds a flaw; security@ the site's own host if none is named.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
SITE_URL = environment.site_address(
    env.str("SITE_URL", default=environment.own_address(env.str("BIND", default="")))
)
ALLOWED_HOSTS = environment.hosts(env.list("ALLOWED_HOSTS", default=[]), SITE_URL)
TIME_ZONE = environment.time_zone(env.str("TIME_ZONE", default="UTC"))
DATABASES = {
    "default": environment.database(
        env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")
    )
}
CACHES = {"default": environment.cache(env.str("CACHE_URL", default="locmemcache://"))}
STORAGE_URL = env.str("STORAGE_URL", default=VAR_DIR.as_uri())

# Notices go out by mail; unless a server is named they are printed where `send_notices` runs.
vars().update(environment.mail(env.str("EMAIL_URL", default="consolemail://")))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default=environment.sender(SITE_URL))

# Whether other people's sites are asked if the pages that stories link to are there; by `check_links`, never in a request.
CHECK_LINKS = env.bool("CHECK_LINKS", default=False)

# What crawlers of AI may do: "allow"; "search-only", answer questions from the texts and name them, but train no model
# with them; "deny". Said in robots.txt, by a licence and by a reservation (articles/feeds/stance.py).
AI_CRAWLERS = environment.one_of(
    "AI_CRAWLERS", env.str("AI_CRAWLERS", default="search-only"), ("allow", "search-only", "deny")
)

SERVED_OVER_HTTPS = SITE_URL.startswith("https://")

# --- Apps, addresses, templates ----------------------------------------------------------------------

INSTALLED_APPS = [
    "newsroom",
    "articles",
    "media",
    "taggit",
    "django_prose_editor",
    "axes",
    "newsroom.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

# From the outside in. What stands above SessionMiddleware never sees who is asking.
MIDDLEWARE = [
    "newsroom.headers.HeadersMiddleware",
    "articles.archive.surrogate_keys.SurrogateKeysMiddleware",
    "newsroom.guard.GuardMiddleware",
    "newsroom.errors.ErrorPagesMiddleware",
    "newsroom.budget.BudgetMiddleware",
    "articles.archive.old_addresses.OldAddressesMiddleware",
    "newsroom.language.DeskLanguageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Widgets are printed by the engine that prints the pages around them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Ours in `templates/`, then those of Django's own applications.
            "loaders": environment.template_loaders(is_cast=not DEBUG),
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.site.names",
            ],
        },
    }
]

# --- Language and time -------------------------------------------------------------------------------

LANGUAGES = [("en", "English"), ("ar", "العربية")]
# What readers' pages speak; a story in another of these languages speaks that one in its own furniture.
LANGUAGE_CODE = environment.language(env.str("SITE_LANGUAGE", default="en"), LANGUAGES)
USE_I18N = True
USE_TZ = True

# --- Files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/images/"
STORAGES = {
    # Nothing is written to "default": a field that names no storage shows itself by this folder appearing.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "unnamed"},
    },
    # "originals", private: what was uploaded or imported, byte for byte. No address leads there.
    # "renditions", what readers get: re-encoded, content-addressed, always through MEDIA_URL.
    **storage.stores(STORAGE_URL, MEDIA_URL),
    "staticfiles": {"BACKEND": "newsroom.lean.Sheets"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# A body of 3 MB must post; a form of a story has a few hundred fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Who is asking -----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "articles.authoring.recognising.Accounts",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "admin:login"

# Cookies belong to the desk: a browser never even sends them with a public page.
DESK_PATH = "/admin/"
SESSION_ENGINE = "newsroom.sessions"
SESSION_COOKIE_PATH = DESK_PATH
SESSION_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_PATH = DESK_PATH
CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Five wrong passwords for one name from one address: fifteen minutes' pause for that pair, whether or not
# anybody has that name. A colleague at the next desk, behind the same address, is not locked out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "newsroom.login.locked_out"
AXES_USERNAME_CALLABLE = "newsroom.login.counted_name"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_IPWARE_META_PRECEDENCE_ORDER = ("REMOTE_ADDR",)

# --- What every answer carries (newsroom/headers.py; the shape is Django 6's) ------------------------------

_NONE, _SELF = "'none'", "'self'"
SECURE_CSP = {
    "default-src": [_NONE],
    "script-src": [_SELF],
    "style-src": [_SELF],
    "img-src": [_SELF],
    "font-src": [_SELF],
    "connect-src": [_SELF],
    "manifest-src": [_SELF],
    "form-action": [_SELF],
    "object-src": [_NONE],
    "base-uri": [_NONE],
    "frame-ancestors": [_NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
X_FRAME_OPTIONS = "DENY"
# A kill must be seen by every reader within five seconds, caches included.
PUBLIC_MAX_AGE = 5

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains and the preload list are their owner's decision, not a newspaper program's
    "security.W021",
    "security.W008",  # the proxy that ends TLS sends plain requests on to https; we cannot see it from here
]
# Where the search index of a site on PostgreSQL is: in the database, which all machines share, or on the disk of its only one,
# where it is several times as fast. A site on SQLite has it on disk.
SEARCH_INDEX = environment.one_of(
    "SEARCH_INDEX", env.str("SEARCH_INDEX", default="database"), ("database", "disk")
)
# How many megabytes of pages each worker keeps (newsroom/page_cache/), and what is never kept beside the desk and files.
PAGE_CACHE = environment.whole_number("PAGE_CACHE", env.str("PAGE_CACHE", default="16"))
# How many megabytes of pages it has standing beside, printed again while the database says of them what it said (page_cache/formes.py).
PAGE_FORMES = environment.whole_number("PAGE_FORMES", env.str("PAGE_FORMES", default="4"))
# How many megabytes of them all workers of a server have together, in a file of VAR_DIR that ends with the server.
PAGE_FORMES_TOGETHER = environment.whole_number(
    "PAGE_FORMES_TOGETHER", env.str("PAGE_FORMES_TOGETHER", default="256")
)
# How many megabytes of the newest pages the server sets before anybody asks for them (page_cache/ahead.py); 0: none.
PAGE_FORMES_AHEAD = environment.whole_number("PAGE_FORMES_AHEAD", env.str("PAGE_FORMES_AHEAD", default="192"))
# Whose pages are made of nothing but their address, the day and what the database answers to a SELECT.
FORMES_OF = r"/(?:\Z|(?:rss\.xml|atom\.xml|feed\.json|index\.json)\Z|sitemap-[0-9]|search(?:/|\.json)|(?:story|section|tag|by)/(?!.*/pictures)|[12][0-9]{3}[/.])"
# What an index beside the database has a part in, which knows the hour: besides, nothing of it may have been announced since.
FORMES_TOLD = r"/search"
PAGE_CACHE_APART = ("/preview/", "/timegate/", "/healthz", "/readyz")
# How many seconds of the processor's time one client may have at once for dear pages (newsroom/budget.py); 0: no end.
CLIENT_BUDGET = environment.number("CLIENT_BUDGET", env.str("CLIENT_BUDGET", default="10"))

# --- The newspaper's own -----------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
# The first Media ID this site gives out; an imported picture keeps the one it was published under.
MEDIA_ID_START = environment.whole_number(
    "MEDIA_ID_START", env.str("MEDIA_ID_START", default="60000001"), least=1
)
# How often a process writes down which pictures readers saw, in seconds; 0: only when it is told to.
READS_WRITTEN_EVERY = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # A 404 is the reader's business; a refused host name or a forged form is counted, not shouted.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
