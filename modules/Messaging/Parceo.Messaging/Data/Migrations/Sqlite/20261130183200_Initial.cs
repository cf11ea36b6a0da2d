using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Messaging.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(MessagingDbSqlite))]
    [Migration("20261130183200_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "messaging_assignment",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_assignment", x => new { x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "messaging_community_keeping",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_community_keeping", x => x.organisation_id);
                    table.CheckConstraint("ck_community_keeping_days", "days >= 7 AND days <= 365");
                });

            migrationBuilder.CreateTable(
                name: "messaging_confirmation",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    alerts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_confirmation", x => new { x.conversation_id, x.seq, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "messaging_conversation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    opened_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sealed_title = table.Column<byte[]>(type: "BLOB", nullable: true),
                    pair_key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    desk_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    last_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    last_message_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    members_version = table.Column<int>(type: "INTEGER", nullable: false),
                    first_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    retention_days = table.Column<int>(type: "INTEGER", nullable: false),
                    legal_hold = table.Column<bool>(type: "INTEGER", nullable: false),
                    sealed_hold_reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_at = table.Column<long>(type: "INTEGER", nullable: true),
                    assigned_to = table.Column<Guid>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    tell_from = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_conversation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_desk",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_desk", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_draft",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_draft", x => new { x.person_id, x.conversation_id });
                });

            migrationBuilder.CreateTable(
                name: "messaging_entry",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    sender_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    target = table.Column<long>(type: "INTEGER", nullable: true),
                    topic_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", maxLength: -1, nullable: true),
                    erased = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_entry", x => new { x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "messaging_idempotency",
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
                    table.PrimaryKey("pk_messaging_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "messaging_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "messaging_mail_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    author_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_mail_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_mention",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_mention", x => new { x.person_id, x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "messaging_outbox",
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
                    table.PrimaryKey("pk_messaging_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "messaging_outbox_delivery",
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
                    table.PrimaryKey("pk_messaging_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_profile",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    shows_reading = table.Column<bool>(type: "INTEGER", nullable: false),
                    shows_presence = table.Column<bool>(type: "INTEGER", nullable: false),
                    enter_sends = table.Column<bool>(type: "INTEGER", nullable: false),
                    away_from = table.Column<long>(type: "INTEGER", nullable: true),
                    away_until = table.Column<long>(type: "INTEGER", nullable: true),
                    cover_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    cover_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_profile", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_stored_file",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    voice = table.Column<bool>(type: "INTEGER", nullable: false),
                    seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_stored_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_topic",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    opened_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_title = table.Column<byte[]>(type: "BLOB", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_topic", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messaging_topic_follow",
                columns: table => new
                {
                    topic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_topic_follow", x => new { x.topic_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "messaging_member",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    line = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    from_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    read_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    told_seq = table.Column<long>(type: "INTEGER", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    left_at = table.Column<long>(type: "INTEGER", nullable: true),
                    removed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_member", x => new { x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_messaging_member_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "messaging_conversation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_desk_member",
                columns: table => new
                {
                    desk_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    line = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_desk_member", x => new { x.desk_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_messaging_desk_member_desk_id",
                        column: x => x.desk_id,
                        principalTable: "messaging_desk",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messaging_file_chunk",
                columns: table => new
                {
                    file_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_file_chunk", x => new { x.file_id, x.number });
                    table.ForeignKey(
                        name: "fk_messaging_file_chunk_file_id",
                        column: x => x.file_id,
                        principalTable: "messaging_stored_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_confirmation_next_at",
                table: "messaging_confirmation",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_confirmation_person_id_confirmed_at",
                table: "messaging_confirmation",
                columns: new[] { "person_id", "confirmed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_desk_id_done_at_last_at",
                table: "messaging_conversation",
                columns: new[] { "desk_id", "done_at", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_last_at",
                table: "messaging_conversation",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_kind_last_at",
                table: "messaging_conversation",
                columns: new[] { "organisation_id", "kind", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                table: "messaging_conversation",
                columns: new[] { "organisation_id", "legal_hold", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_tell_from",
                table: "messaging_conversation",
                column: "tell_from");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_conversation_pair_key",
                table: "messaging_conversation",
                column: "pair_key",
                unique: true,
                filter: "pair_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_desk_organisation_id_name",
                table: "messaging_desk",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_desk_member_person_id",
                table: "messaging_desk_member",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_entry_conversation_id_target",
                table: "messaging_entry",
                columns: new[] { "conversation_id", "target" },
                filter: "target IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_entry_conversation_id_topic_id_seq",
                table: "messaging_entry",
                columns: new[] { "conversation_id", "topic_id", "seq" },
                filter: "topic_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_entry_client_id_conversation_id_sender_id",
                table: "messaging_entry",
                columns: new[] { "client_id", "conversation_id", "sender_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_idempotency_at",
                table: "messaging_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_inbox_at",
                table: "messaging_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_mail_entry_conversation_id_seq",
                table: "messaging_mail_entry",
                columns: new[] { "conversation_id", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_member_conversation_id_sort_key",
                table: "messaging_member",
                columns: new[] { "conversation_id", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_member_person_id_left_at",
                table: "messaging_member",
                columns: new[] { "person_id", "left_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_fanned_out_seq",
                table: "messaging_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_messaging_outbox_event_id",
                table: "messaging_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_delivery_key_seq",
                table: "messaging_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_delivery_next_attempt_at",
                table: "messaging_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_outbox_delivery_seq_subscriber",
                table: "messaging_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_conversation_id_seq",
                table: "messaging_stored_file",
                columns: new[] { "conversation_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_owner_id",
                table: "messaging_stored_file",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_state_at",
                table: "messaging_stored_file",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_topic_conversation_id_resolved_at",
                table: "messaging_topic",
                columns: new[] { "conversation_id", "resolved_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "messaging_assignment");

            migrationBuilder.DropTable(
                name: "messaging_community_keeping");

            migrationBuilder.DropTable(
                name: "messaging_confirmation");

            migrationBuilder.DropTable(
                name: "messaging_desk_member");

            migrationBuilder.DropTable(
                name: "messaging_draft");

            migrationBuilder.DropTable(
                name: "messaging_entry");

            migrationBuilder.DropTable(
                name: "messaging_file_chunk");

            migrationBuilder.DropTable(
                name: "messaging_idempotency");

            migrationBuilder.DropTable(
                name: "messaging_inbox");

            migrationBuilder.DropTable(
                name: "messaging_mail_entry");

            migrationBuilder.DropTable(
                name: "messaging_member");

            migrationBuilder.DropTable(
                name: "messaging_mention");

            migrationBuilder.DropTable(
                name: "messaging_outbox");

            migrationBuilder.DropTable(
                name: "messaging_outbox_delivery");

            migrationBuilder.DropTable(
                name: "messaging_profile");

            migrationBuilder.DropTable(
                name: "messaging_topic");

            migrationBuilder.DropTable(
                name: "messaging_topic_follow");

            migrationBuilder.DropTable(
                name: "messaging_desk");

            migrationBuilder.DropTable(
                name: "messaging_stored_file");

            migrationBuilder.DropTable(
                name: "messaging_conversation");
        }
    }
}
