"""``manage.py create_sign_ins``: the first two accounts of an installation."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from tracker.models import User

# Each account is named after its group; the reviewer also administrates.
ACCOUNTS = {"editor": {"is_superuser": False}, "reviewer": {"is_superuser": True}}


class Command(BaseCommand):
    """Make the accounts once, and keep their passwords where only this system account can read them."""

    help = "Make two staff sign-ins, an editor and a reviewer, with random passwords kept in var/sign-ins.txt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the way back for whoever lost the file."""
        parser.add_argument("--renew", action="store_true", help="give both accounts new passwords")

    def handle(self, *, renew: bool, **options: Any) -> None:
        """Make the accounts where there is no staff yet; otherwise say so."""
        path = sign_ins_path()
        try:
            with transaction.atomic():
                if not renew and User.objects.filter(is_staff=True, is_system=False).exists():
                    self.stdout.write(_already_there(path))
                    return
                # Written last within the transaction: where it cannot be, there are no accounts without passwords.
                _write_private(path, "".join(f"{name} {_new_password(name)}\n" for name in ACCOUNTS))
        except (DatabaseError, Group.DoesNotExist) as error:
            raise CommandError("The database is not ready: run `manage.py migrate` first.", returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"Made the sign-ins of editor and reviewer; their passwords are in {path}.")


def sign_ins_path() -> Path:
    """Return the file with the first passwords, a line of name and password each."""
    return Path(settings.VAR_DIR) / "sign-ins.txt"


def _already_there(path: Path) -> str:
    if path.exists():
        return f"There are staff accounts already, the first ones in {path}; nothing was changed."
    return (
        f"There are staff accounts already; nothing was changed. {path} is gone: "
        "`manage.py create_sign_ins --renew` gives editor and reviewer new passwords."
    )


def _new_password(name: str) -> str:
    """Make the account if need be, and set a new password; other choices made since are left alone."""
    password = secrets.token_urlsafe(15)
    user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True, **ACCOUNTS[name]})
    user.set_password(password)
    user.save(update_fields=["password"])
    if made:
        user.groups.add(Group.objects.get(name=name))
    return password


def _write_private(path: Path, text: str) -> None:
    """Replace the file whole, readable by nobody else from its first byte on (mkstemp creates with mode 0600)."""
    path.parent.mkdir(exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".sign-ins-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
