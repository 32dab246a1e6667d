"""Settings of the floor app. FLOOR_KEY is a hexadecimal AES key, DATABASE_URL as Krama's."""

from krama.config import environment

SECRET_KEY = environment.text("KRAMA_SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1"]
FLOOR_KEY = bytes.fromhex(environment.text("FLOOR_KEY"))
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
ROOT_URLCONF = "bench.floor.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
DATABASES = {
    "default": {
        **environment.database("DATABASE_URL"),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
}
USE_TZ = True
