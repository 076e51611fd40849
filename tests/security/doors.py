"""The table of doors: for every URL pattern, what each visitor meets there.

Each row: what GET answers to the five visitors (anonymous, member, staff without rights, owner,
somebody shut out), what an empty POST answers them, and the patterns of which that is true. A new
pattern needs a row: whoever adds it thinks here about who may come in.
"""

ROWS: list[tuple[str, str, list[str]]] = [
    (
        "login login in in login",
        "login login 405 405 login",
        ["admin/live/"],
    ),
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
        "login login in in login",
        "login login in in login",
        [
            "admin/search/",
            "admin/",
            "admin/password_change/",
        ],
    ),
    (
        "login 403 away away login",
        "login 403 in in login",
        [
            "admin/login/",
        ],
    ),
    (
        "away away 405 405 away",
        "away away in in away",
        [
            "admin/logout/",
        ],
    ),
    (
        "login login in in login",
        "login login 405 405 login",
        [
            "admin/password_change/done/",
            "admin/jsi18n/",
        ],
    ),
    (
        "login login 403 403 login",
        "login login 405 405 login",
        [
            "admin/autocomplete/",
        ],
    ),
    (
        "login login 404 404 login",
        "login login 404 404 login",
        [
            "admin/r/<path:content_type_id>/<path:object_id>/",
            "admin/(?P<url>.*)$",
        ],
    ),
    (
        "login login 403 in login",
        "login login 403 in login",
        [
            "admin/chat/channel/<path:object_id>/change/",
            "admin/accounts/accesstoken/",
            "admin/accounts/accesstoken/<path:object_id>/history/",
            "admin/accounts/invitation/",
            "admin/accounts/invitation/<path:object_id>/history/",
            "admin/accounts/session/",
            "admin/accounts/session/<path:object_id>/history/",
            "admin/accounts/loginattempt/",
            "admin/accounts/loginattempt/<path:object_id>/history/",
            "admin/audit/entry/",
            "admin/audit/entry/<path:object_id>/history/",
            "admin/accounts/user/<id>/password/",
            "admin/accounts/user/",
            "admin/accounts/user/add/",
            "admin/accounts/user/<path:object_id>/history/",
            "admin/accounts/user/<path:object_id>/change/",
            "admin/accounts/house/<path:object_id>/change/",
            "admin/chat/channel/",
            "admin/accounts/house/<path:object_id>/history/",
            "admin/chat/channel/<path:object_id>/history/",
            "admin/chat/message/",
            "admin/documents/comment/",
            "admin/documents/document/",
            "admin/documents/documentversion/",
            "admin/chat/message/<path:object_id>/history/",
            "admin/documents/comment/<path:object_id>/history/",
            "admin/documents/document/<path:object_id>/history/",
            "admin/documents/documentversion/<path:object_id>/history/",
            "admin/chat/membership/",
            "admin/chat/membership/<path:object_id>/history/",
            "admin/operations/announcement/",
            "admin/operations/announcement/add/",
            "admin/operations/announcement/<path:object_id>/history/",
            "admin/chat/membership/<path:object_id>/change/",
        ],
    ),
    (
        "login login 403 403 login",
        "login login 403 403 login",
        [
            "admin/accounts/accesstoken/add/",
            "admin/accounts/accesstoken/<path:object_id>/delete/",
            "admin/accounts/invitation/add/",
            "admin/accounts/invitation/<path:object_id>/delete/",
            "admin/accounts/session/add/",
            "admin/accounts/session/<path:object_id>/delete/",
            "admin/accounts/loginattempt/add/",
            "admin/accounts/loginattempt/<path:object_id>/delete/",
            "admin/audit/entry/add/",
            "admin/audit/entry/<path:object_id>/delete/",
            "admin/accounts/user/<path:object_id>/delete/",
            "admin/chat/channel/add/",
            "admin/accounts/house/add/",
            "admin/accounts/house/<path:object_id>/delete/",
            "admin/chat/channel/<path:object_id>/delete/",
            "admin/chat/message/add/",
            "admin/documents/comment/add/",
            "admin/documents/document/add/",
            "admin/documents/documentversion/add/",
            "admin/chat/message/<path:object_id>/delete/",
            "admin/documents/comment/<path:object_id>/delete/",
            "admin/documents/document/<path:object_id>/delete/",
            "admin/documents/documentversion/<path:object_id>/delete/",
            "admin/chat/membership/add/",
            "admin/chat/membership/<path:object_id>/delete/",
            "admin/operations/announcement/<path:object_id>/delete/",
        ],
    ),
    (
        "login login 403 in login",
        "login login 403 403 login",
        [
            "admin/accounts/accesstoken/<path:object_id>/change/",
            "admin/accounts/invitation/<path:object_id>/change/",
            "admin/accounts/session/<path:object_id>/change/",
            "admin/accounts/loginattempt/<path:object_id>/change/",
            "admin/audit/entry/<path:object_id>/change/",
            "admin/chat/message/<path:object_id>/change/",
            "admin/documents/comment/<path:object_id>/change/",
            "admin/documents/document/<path:object_id>/change/",
            "admin/documents/documentversion/<path:object_id>/change/",
            "admin/operations/announcement/<path:object_id>/change/",
        ],
    ),
    (
        "login login away away login",
        "login login away away login",
        [
            "admin/accounts/accesstoken/<path:object_id>/",
            "admin/accounts/house/<path:object_id>/",
            "admin/accounts/invitation/<path:object_id>/",
            "admin/accounts/session/<path:object_id>/",
            "admin/accounts/loginattempt/<path:object_id>/",
            "admin/audit/entry/<path:object_id>/",
            "admin/accounts/user/<path:object_id>/",
            "admin/chat/channel/<path:object_id>/",
            "admin/chat/message/<path:object_id>/",
            "admin/documents/comment/<path:object_id>/",
            "admin/documents/document/<path:object_id>/",
            "admin/documents/documentversion/<path:object_id>/",
            "admin/chat/membership/<path:object_id>/",
            "admin/operations/announcement/<path:object_id>/",
        ],
    ),
    (
        "login login 404 in login",
        "login login 404 in login",
        [
            "admin/^(?P<app_label>accounts|audit|chat|documents|operations)/$",
        ],
    ),
    (
        "login login 403 away login",
        "login login 403 away login",
        [
            "admin/accounts/house/",
        ],
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
        [
            "accounts/logout/",
        ],
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
        [
            "accounts/email/",
        ],
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
        [
            r"accounts/^confirm-email/(?P<key>[-:\w]+)/$",
        ],
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
        [
            "accounts/2fa/recovery-codes/",
        ],
    ),
    (
        "401 401 401 401 401",
        "405 405 405 405 405",
        [
            "accounts/3rdparty/login/error/",
        ],
    ),
    (
        "login login login login login",
        "login login login login login",
        [
            "accounts/3rdparty/signup/",
        ],
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
        [
            "settings/avatar/",
        ],
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
        [
            "settings/sessions/<str:name>/end/",
        ],
    ),
    (
        "login 405 405 405 login",
        "login away 404 404 login",
        [
            "settings/tokens/<int:token_id>/revoke/",
        ],
    ),
    (
        "login 403 in in login",
        "login 403 in in login",
        [
            "settings/invitations/",
        ],
    ),
    (
        "login 405 405 405 login",
        "login 403 away away login",
        [
            "settings/invitations/<int:invitation_id>/revoke/",
        ],
    ),
]
