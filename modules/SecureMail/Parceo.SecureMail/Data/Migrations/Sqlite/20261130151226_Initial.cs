using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.SecureMail.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SecureMailDbSqlite))]
    [Migration("20261130151226_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "securemail_attachment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mail_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_attachment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_attachment_content",
                columns: table => new
                {
                    attachment_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_attachment_content", x => x.attachment_id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_book_address",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    is_personal = table.Column<bool>(type: "INTEGER", nullable: false),
                    national_id = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    structure = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    town = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    folded = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    run = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_book_address", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "securemail_idempotency",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    request = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    response = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "securemail_in_mail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    head = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    files = table.Column<int>(type: "INTEGER", nullable: false),
                    has_document = table.Column<bool>(type: "INTEGER", nullable: false),
                    answers_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    read_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_in_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "securemail_mailbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    uid_validity = table.Column<long>(type: "INTEGER", nullable: false),
                    last_uid = table.Column<long>(type: "INTEGER", nullable: false),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    trouble = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_mailbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_out_mail",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    origin = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    origin_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    answers_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_receipt = table.Column<bool>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    size = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_out_mail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_outbox",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    fanned_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "securemail_outbox_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 200, nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "securemail_mailbox_member",
                columns: table => new
                {
                    mailbox_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    may_send = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_securemail_mailbox_member", x => new { x.mailbox_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_securemail_mailbox_member_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "securemail_mailbox",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_attachment_verdict_mail_id",
                table: "securemail_attachment",
                columns: new[] { "verdict", "mail_id" });

            migrationBuilder.CreateIndex(
                name: "ux_securemail_attachment_mail_id_position",
                table: "securemail_attachment",
                columns: new[] { "mail_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_folded",
                table: "securemail_book_address",
                column: "folded");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_national_id",
                table: "securemail_book_address",
                column: "national_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_book_address_run",
                table: "securemail_book_address",
                column: "run");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_idempotency_at",
                table: "securemail_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_answers_id",
                table: "securemail_in_mail",
                column: "answers_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_mailbox_id_kind_received_at",
                table: "securemail_in_mail",
                columns: new[] { "mailbox_id", "kind", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_mailbox_id_read_at",
                table: "securemail_in_mail",
                columns: new[] { "mailbox_id", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_in_mail_received_at",
                table: "securemail_in_mail",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_in_mail_mailbox_id_message_key",
                table: "securemail_in_mail",
                columns: new[] { "mailbox_id", "message_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_inbox_at",
                table: "securemail_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_mailbox_organisation_id",
                table: "securemail_mailbox",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_mailbox_address",
                table: "securemail_mailbox",
                column: "address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_mailbox_member_person_id",
                table: "securemail_mailbox_member",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_created_at",
                table: "securemail_out_mail",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_mailbox_id_created_at",
                table: "securemail_out_mail",
                columns: new[] { "mailbox_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_out_mail_next_attempt_at",
                table: "securemail_out_mail",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_out_mail_key",
                table: "securemail_out_mail",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_securemail_out_mail_message_id",
                table: "securemail_out_mail",
                column: "message_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_fanned_out_seq",
                table: "securemail_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_securemail_outbox_event_id",
                table: "securemail_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_delivery_key_seq",
                table: "securemail_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_securemail_outbox_delivery_next_attempt_at",
                table: "securemail_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_securemail_outbox_delivery_seq_subscriber",
                table: "securemail_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "securemail_attachment");

            migrationBuilder.DropTable(
                name: "securemail_attachment_content");

            migrationBuilder.DropTable(
                name: "securemail_book_address");

            migrationBuilder.DropTable(
                name: "securemail_idempotency");

            migrationBuilder.DropTable(
                name: "securemail_in_mail");

            migrationBuilder.DropTable(
                name: "securemail_inbox");

            migrationBuilder.DropTable(
                name: "securemail_mailbox_member");

            migrationBuilder.DropTable(
                name: "securemail_out_mail");

            migrationBuilder.DropTable(
                name: "securemail_outbox");

            migrationBuilder.DropTable(
                name: "securemail_outbox_delivery");

            migrationBuilder.DropTable(
                name: "securemail_mailbox");
        }
    }
}
