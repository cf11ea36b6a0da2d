using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.SecureMail.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(SecureMailDbPostgreSql))]
    [Migration("20261130151227_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "securemail");

            migrationBuilder.CreateTable(
                name: "attachment",
                schema: "securemail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<byte[]>(type: "bytea", nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    verdict = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_attachment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachment_content",
                schema: "securemail",
                columns: table => new
                {
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_attachment_content", x => x.attachment_id);
                });

            migrationBuilder.CreateTable(
                name: "book_address",
                schema: "securemail",
                columns: table => new
                {
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    is_personal = table.Column<bool>(type: "boolean", nullable: false),
                    national_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    structure = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    town = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    folded = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    run = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_book_address", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "securemail",
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
                    table.PrimaryKey("pk_securemail_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "in_mail",
                schema: "securemail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    head = table.Column<byte[]>(type: "bytea", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    files = table.Column<int>(type: "integer", nullable: false),
                    has_document = table.Column<bool>(type: "boolean", nullable: false),
                    answers_id = table.Column<Guid>(type: "uuid", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_in_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "securemail",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "mailbox",
                schema: "securemail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    uid_validity = table.Column<long>(type: "bigint", nullable: false),
                    last_uid = table.Column<long>(type: "bigint", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_mailbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "out_mail",
                schema: "securemail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    origin = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    origin_id = table.Column<Guid>(type: "uuid", nullable: false),
                    answers_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_receipt = table.Column<bool>(type: "boolean", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    state_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_out_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "securemail",
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
                    table.PrimaryKey("pk_securemail_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "securemail",
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
                    table.PrimaryKey("pk_securemail_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_member",
                schema: "securemail",
                columns: table => new
                {
                    mailbox_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    may_send = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_mailbox_member", x => new { x.mailbox_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_securemail_mailbox_member_mailbox_id",
                        column: x => x.mailbox_id,
                        principalSchema: "securemail",
                        principalTable: "mailbox",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_attachment_verdict_mail_id",
                schema: "securemail",
                table: "attachment",
                columns: new[] { "verdict", "mail_id" });

            migrationBuilder.CreateIndex(
                name: "ux_securemail_attachment_mail_id_position",
                schema: "securemail",
                table: "attachment",
                columns: new[] { "mail_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_folded",
                schema: "securemail",
                table: "book_address",
                column: "folded");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_national_id",
                schema: "securemail",
                table: "book_address",
                column: "national_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_run",
                schema: "securemail",
                table: "book_address",
                column: "run");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_idempotency_at",
                schema: "securemail",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_answers_id",
                schema: "securemail",
                table: "in_mail",
                column: "answers_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_mailbox_id_kind_received_at",
                schema: "securemail",
                table: "in_mail",
                columns: new[] { "mailbox_id", "kind", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_mailbox_id_read_at",
                schema: "securemail",
                table: "in_mail",
                columns: new[] { "mailbox_id", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_received_at",
                schema: "securemail",
                table: "in_mail",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_in_mail_mailbox_id_message_key",
                schema: "securemail",
                table: "in_mail",
                columns: new[] { "mailbox_id", "message_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_inbox_at",
                schema: "securemail",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_mailbox_organisation_id",
                schema: "securemail",
                table: "mailbox",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_mailbox_address",
                schema: "securemail",
                table: "mailbox",
                column: "address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_mailbox_member_person_id",
                schema: "securemail",
                table: "mailbox_member",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_created_at",
                schema: "securemail",
                table: "out_mail",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_mailbox_id_created_at",
                schema: "securemail",
                table: "out_mail",
                columns: new[] { "mailbox_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_next_attempt_at",
                schema: "securemail",
                table: "out_mail",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_out_mail_key",
                schema: "securemail",
                table: "out_mail",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_securemail_out_mail_message_id",
                schema: "securemail",
                table: "out_mail",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_fanned_out_seq",
                schema: "securemail",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_securemail_outbox_event_id",
                schema: "securemail",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_delivery_key_seq",
                schema: "securemail",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_delivery_next_attempt_at",
                schema: "securemail",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_outbox_delivery_seq_subscriber",
                schema: "securemail",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attachment",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "attachment_content",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "book_address",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "in_mail",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "mailbox_member",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "out_mail",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "securemail");

            migrationBuilder.DropTable(
                name: "mailbox",
                schema: "securemail");
        }
    }
}
