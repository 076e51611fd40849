"""The table of doors: for every URL pattern, what each visitor meets there.

Each row: what GET answers to the five visitors (anonymous, member, staff without rights, owner,
somebody shut out), what an empty POST answers them, and the patterns of which that is true. A new
pattern needs a row, here or in admin_doors.py: whoever adds it thinks about who may come in.
"""

from tests.security.admin_doors import ADMIN_ROWS, Row

ROWS: list[Row] = [
    *ADMIN_ROWS,
    (
        "login in in in login",
        "login in in in login",
        ["documents/", "documents/<int:document>"],
    ),
    (
        "in in in in in",
        "in in in in in",
        ["manifest.webmanifest", "service-worker.js"],
    ),
    (
        "404 404 in in 404",
        "404 404 in in 404",
        ["components/", "components/pages/"],
    ),
    (
        "in in in in in",
        "405 405 405 405 405",
        ["health/live", "health/ready", "metrics"],
    ),
    (
        "in away away away in",
        "in away away away in",
        [
            "accounts/login/",
            "accounts/signup/",
        ],
    ),
    (
        "login in in in login",
        "login login login login login",
        ["accounts/logout/"],
    ),
    (
        "in in in in in",
        "405 405 405 405 405",
        [
            "accounts/inactive/",
            "accounts/confirm-email/",
            "accounts/password/reset/key/done/",
            "accounts/password/reset/done/",
            "accounts/3rdparty/login/cancelled/",
            "jsi18n/",
        ],
    ),
    (
        "login in in in login",
        "login in in in login",
        [
            "accounts/reauthenticate/",
            "accounts/password/change/",
            "accounts/2fa/totp/activate/",
            "accounts/2fa/recovery-codes/generate/",
            "accounts/2fa/webauthn/add/",
            "accounts/3rdparty/",
            "settings/",
            "settings/sessions/",
            "settings/tokens/",
            "",
            "c/<int:channel>",
            "c/<int:channel>/m/<int:position>",
            "threads",
            "saved",
            "shell",
            "c/<int:channel>/space",
        ],
    ),
    (
        "login in in in login",
        "login away away away login",
        ["accounts/email/"],
    ),
    (
        "login away away away login",
        "login away away away login",
        [
            "accounts/password/set/",
            "accounts/login/code/confirm/",
            "accounts/2fa/authenticate/",
            "accounts/2fa/reauthenticate/",
            "accounts/2fa/webauthn/reauthenticate/",
            "accounts/2fa/webauthn/login/",
        ],
    ),
    (
        "in in in in in",
        "in in in in in",
        [
            "accounts/password/reset/",
            "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ],
    ),
    (
        "in in in in in",
        "404 404 404 404 404",
        [r"accounts/^confirm-email/(?P<key>[-:\w]+)/$"],
    ),
    (
        "login in in in login",
        "login 405 405 405 login",
        [
            "accounts/2fa/",
            "accounts/2fa/webauthn/",
        ],
    ),
    (
        "login 404 404 404 login",
        "login 404 404 404 login",
        [
            "accounts/2fa/totp/deactivate/",
            "accounts/2fa/recovery-codes/download/",
            "accounts/2fa/webauthn/keys/<int:pk>/remove/",
            "accounts/2fa/webauthn/keys/<int:pk>/edit/",
        ],
    ),
    (
        "login 404 404 404 login",
        "login 405 405 405 login",
        ["accounts/2fa/recovery-codes/"],
    ),
    (
        "401 401 401 401 401",
        "405 405 405 405 405",
        ["accounts/3rdparty/login/error/"],
    ),
    (
        "login login login login login",
        "login login login login login",
        ["accounts/3rdparty/signup/"],
    ),
    (
        "away away away away away",
        "away away away away away",
        [
            "accounts/social/login/cancelled/",
            "accounts/social/login/error/",
            "accounts/social/signup/",
            "accounts/social/connections/",
            "i18n/setlang/",
            "invitation/<str:code>/",
        ],
    ),
    (
        "404 404 404 404 404",
        "404 404 404 404 404",
        [
            "accounts/oidc/^(?P<provider_id>[^/]+)/login/",
            "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/",
            r"^media/avatars/(?P<name>[0-9a-f]{32}\.webp)$",
        ],
    ),
    (
        "login 405 405 405 login",
        "login in in in login",
        ["settings/avatar/"],
    ),
    (
        "login 405 405 405 login",
        "login away away away login",
        [
            "settings/avatar/remove/",
            "settings/sessions/end/",
        ],
    ),
    (
        "login 405 405 405 login",
        "login 404 404 404 login",
        ["settings/sessions/<str:name>/end/"],
    ),
    (
        "login 405 405 405 login",
        "login away 404 404 login",
        ["settings/tokens/<int:token_id>/revoke/"],
    ),
    (
        "login 403 in in login",
        "login 403 in in login",
        ["settings/invitations/"],
    ),
    (
        "login 405 405 405 login",
        "login 403 away away login",
        ["settings/invitations/<int:invitation_id>/revoke/"],
    ),
]
