using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Access.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(AccessDbPostgreSql))]
    [Migration("20261130211926_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "access");

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "access",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    request = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "access",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "oidc_application",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    client_secret = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    client_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    consent_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    display_name = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    display_names = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    json_web_key_set = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    permissions = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    post_logout_redirect_uris = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    properties = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    redirect_uris = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    requirements = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    settings = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oidc_scope",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    description = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    descriptions = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    display_name = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    display_names = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    properties = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    resources = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_scope", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_link",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    role = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    directory_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    invited_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    renewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_one_time_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "organisation",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    sort_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mail_tested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "access",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fanned_out = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    subscriber = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    directory_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    search_text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    signed_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    totp_secret = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true, collation: "C"),
                    totp_step = table.Column<long>(type: "bigint", nullable: false),
                    user_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    normalized_user_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    normalized_email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    password_hash = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    security_stamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    concurrency_stamp = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oidc_authorization",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    properties = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    scopes = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_authorization", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_oidc_authorization_application_id",
                        column: x => x.application_id,
                        principalSchema: "access",
                        principalTable: "oidc_application",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "api_client",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_api_client", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_api_client_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisation_commune",
                schema: "access",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    commune = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation_commune", x => new { x.organisation_id, x.commune });
                    table.ForeignKey(
                        name: "fk_access_organisation_commune_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisation_departement",
                schema: "access",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_organisation_departement", x => new { x.organisation_id, x.departement });
                    table.ForeignKey(
                        name: "fk_access_organisation_departement_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_token",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    scopes = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    factor_proven = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_api_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_api_token_person_id",
                        column: x => x.person_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "delegation",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    delegate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actions = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_delegation", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_delegation_delegate_id",
                        column: x => x.delegate_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "membership",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_membership", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_membership_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_access_membership_person_id",
                        column: x => x.person_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passkey",
                schema: "access",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_access_passkey_user_id",
                        column: x => x.user_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "proposed_role",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    directory_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    proposed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_proposed_role", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_proposed_role_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "access",
                        principalTable: "organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_access_proposed_role_person_id",
                        column: x => x.person_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_code",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_recovery_code_person_id",
                        column: x => x.person_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    means = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    factor_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    device = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_session_person_id",
                        column: x => x.person_id,
                        principalSchema: "access",
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "oidc_token",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    authorization_id = table.Column<Guid>(type: "uuid", nullable: true),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    properties = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C"),
                    redemption_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reference_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    type = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_oidc_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_oidc_token_application_id",
                        column: x => x.application_id,
                        principalSchema: "access",
                        principalTable: "oidc_application",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_access_oidc_token_authorization_id",
                        column: x => x.authorization_id,
                        principalSchema: "access",
                        principalTable: "oidc_authorization",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "unsent_form",
                schema: "access",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_unsent_form", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_access_unsent_form_session_id",
                        column: x => x.session_id,
                        principalSchema: "access",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_api_client_organisation_id",
                schema: "access",
                table: "api_client",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_api_token_person_id_created_at",
                schema: "access",
                table: "api_token",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_access_api_token_hash",
                schema: "access",
                table: "api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_delegation_delegate_id",
                schema: "access",
                table: "delegation",
                column: "delegate_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_delegation_practitioner_id",
                schema: "access",
                table: "delegation",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_idempotency_at",
                schema: "access",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_access_inbox_at",
                schema: "access",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_access_membership_organisation_id_from_id",
                schema: "access",
                table: "membership",
                columns: new[] { "organisation_id", "from", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_membership_person_id_organisation_id",
                schema: "access",
                table: "membership",
                columns: new[] { "person_id", "organisation_id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_application_client_id",
                schema: "access",
                table: "oidc_application",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_authorization_application_id_status_subject_type",
                schema: "access",
                table: "oidc_authorization",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_scope_name",
                schema: "access",
                table: "oidc_scope",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_token_application_id_status_subject_type",
                schema: "access",
                table: "oidc_token",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_access_oidc_token_authorization_id",
                schema: "access",
                table: "oidc_token",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "ux_access_oidc_token_reference_id",
                schema: "access",
                table: "oidc_token",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_one_time_link_expires_at",
                schema: "access",
                table: "one_time_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_access_one_time_link_organisation_id_created_at",
                schema: "access",
                table: "one_time_link",
                columns: new[] { "organisation_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_access_one_time_link_hash",
                schema: "access",
                table: "one_time_link",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_organisation_parent_id",
                schema: "access",
                table: "organisation",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_organisation_sort_key_id",
                schema: "access",
                table: "organisation",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_organisation_name",
                schema: "access",
                table: "organisation",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_fanned_out_seq",
                schema: "access",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_access_outbox_event_id",
                schema: "access",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_delivery_key_seq",
                schema: "access",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_access_outbox_delivery_next_attempt_at",
                schema: "access",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_access_outbox_delivery_seq_subscriber",
                schema: "access",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_passkey_user_id",
                schema: "access",
                table: "passkey",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_search_text",
                schema: "access",
                table: "person",
                column: "search_text");

            migrationBuilder.CreateIndex(
                name: "ix_access_person_sort_key_id",
                schema: "access",
                table: "person",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_access_person_directory_person_id",
                schema: "access",
                table: "person",
                column: "directory_person_id",
                unique: true,
                filter: "directory_person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_access_person_normalized_email",
                schema: "access",
                table: "person",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_proposed_role_organisation_id_settled_at_proposed_at",
                schema: "access",
                table: "proposed_role",
                columns: new[] { "organisation_id", "settled_at", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_proposed_role_person_id",
                schema: "access",
                table: "proposed_role",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ux_access_recovery_code_person_id_hash",
                schema: "access",
                table: "recovery_code",
                columns: new[] { "person_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_session_ends_at",
                schema: "access",
                table: "session",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_access_session_person_id_created_at",
                schema: "access",
                table: "session",
                columns: new[] { "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_access_unsent_form_person_id_until",
                schema: "access",
                table: "unsent_form",
                columns: new[] { "person_id", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_access_unsent_form_until",
                schema: "access",
                table: "unsent_form",
                column: "until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_client",
                schema: "access");

            migrationBuilder.DropTable(
                name: "api_token",
                schema: "access");

            migrationBuilder.DropTable(
                name: "delegation",
                schema: "access");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "access");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "access");

            migrationBuilder.DropTable(
                name: "membership",
                schema: "access");

            migrationBuilder.DropTable(
                name: "oidc_scope",
                schema: "access");

            migrationBuilder.DropTable(
                name: "oidc_token",
                schema: "access");

            migrationBuilder.DropTable(
                name: "one_time_link",
                schema: "access");

            migrationBuilder.DropTable(
                name: "organisation_commune",
                schema: "access");

            migrationBuilder.DropTable(
                name: "organisation_departement",
                schema: "access");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "access");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "access");

            migrationBuilder.DropTable(
                name: "passkey",
                schema: "access");

            migrationBuilder.DropTable(
                name: "proposed_role",
                schema: "access");

            migrationBuilder.DropTable(
                name: "recovery_code",
                schema: "access");

            migrationBuilder.DropTable(
                name: "unsent_form",
                schema: "access");

            migrationBuilder.DropTable(
                name: "oidc_authorization",
                schema: "access");

            migrationBuilder.DropTable(
                name: "organisation",
                schema: "access");

            migrationBuilder.DropTable(
                name: "session",
                schema: "access");

            migrationBuilder.DropTable(
                name: "oidc_application",
                schema: "access");

            migrationBuilder.DropTable(
                name: "person",
                schema: "access");
        }
    }
}
