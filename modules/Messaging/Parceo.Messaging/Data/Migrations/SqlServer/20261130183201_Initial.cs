using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Messaging.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(MessagingDbSqlServer))]
    [Migration("20261130183201_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "messaging");

            migrationBuilder.CreateTable(
                name: "assignment",
                schema: "messaging",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_assignment", x => new { x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "community_keeping",
                schema: "messaging",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    days = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_community_keeping", x => x.organisation_id);
                    table.CheckConstraint("ck_community_keeping_days", "[days] >= 7 AND [days] <= 365");
                });

            migrationBuilder.CreateTable(
                name: "confirmation",
                schema: "messaging",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    alerts = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_confirmation", x => new { x.conversation_id, x.seq, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<int>(type: "int", nullable: false),
                    opened_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    sealed_title = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    pair_key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    desk_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    open = table.Column<bool>(type: "bit", nullable: false),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    last_message_seq = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    members_version = table.Column<int>(type: "int", nullable: false),
                    first_seq = table.Column<long>(type: "bigint", nullable: false),
                    retention_days = table.Column<int>(type: "int", nullable: false),
                    legal_hold = table.Column<bool>(type: "bit", nullable: false),
                    sealed_hold_reason = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    assigned_to = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    tell_from = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_conversation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "desk",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2"),
                    purpose = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    opened_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    version = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_desk", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "draft",
                schema: "messaging",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_text = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_draft", x => new { x.person_id, x.conversation_id });
                });

            migrationBuilder.CreateTable(
                name: "entry",
                schema: "messaging",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<int>(type: "int", nullable: false),
                    sender_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    client_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    target = table.Column<long>(type: "bigint", nullable: true),
                    topic_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    body = table.Column<byte[]>(type: "varbinary(max)", maxLength: -1, nullable: true),
                    erased = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_entry", x => new { x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "messaging",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    key = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    response = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "messaging",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscriber = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "mail_entry",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    author_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    state = table.Column<int>(type: "int", nullable: false),
                    state_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_mail_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mention",
                schema: "messaging",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_mention", x => new { x.person_id, x.conversation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "messaging",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    payload = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false, collation: "Latin1_General_100_BIN2"),
                    correlation_id = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    fanned_out = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subscriber = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    error = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "profile",
                schema: "messaging",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    shows_reading = table.Column<bool>(type: "bit", nullable: false),
                    shows_presence = table.Column<bool>(type: "bit", nullable: false),
                    enter_sends = table.Column<bool>(type: "bit", nullable: false),
                    away_from = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    away_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    cover_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    cover_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_profile", x => x.person_id);
                });

            migrationBuilder.CreateTable(
                name: "stored_file",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    owner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_name = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    type = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    voice = table.Column<bool>(type: "bit", nullable: false),
                    seconds = table.Column<int>(type: "int", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    state = table.Column<int>(type: "int", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_stored_file", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "topic",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    opened_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_title = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_topic", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "topic_follow",
                schema: "messaging",
                columns: table => new
                {
                    topic_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_topic_follow", x => new { x.topic_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "member",
                schema: "messaging",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sort_key = table.Column<string>(type: "nvarchar(250)", maxLength: 250, nullable: false, collation: "Latin1_General_100_BIN2"),
                    line = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    role = table.Column<int>(type: "int", nullable: false),
                    from_seq = table.Column<long>(type: "bigint", nullable: false),
                    read_seq = table.Column<long>(type: "bigint", nullable: false),
                    told_seq = table.Column<long>(type: "bigint", nullable: false),
                    level = table.Column<int>(type: "int", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    left_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    removed = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_member", x => new { x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_messaging_member_conversation_id",
                        column: x => x.conversation_id,
                        principalSchema: "messaging",
                        principalTable: "conversation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "desk_member",
                schema: "messaging",
                columns: table => new
                {
                    desk_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    person_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    line = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_desk_member", x => new { x.desk_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_messaging_desk_member_desk_id",
                        column: x => x.desk_id,
                        principalSchema: "messaging",
                        principalTable: "desk",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "file_chunk",
                schema: "messaging",
                columns: table => new
                {
                    file_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    bytes = table.Column<byte[]>(type: "varbinary(max)", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messaging_file_chunk", x => new { x.file_id, x.number });
                    table.ForeignKey(
                        name: "fk_messaging_file_chunk_file_id",
                        column: x => x.file_id,
                        principalSchema: "messaging",
                        principalTable: "stored_file",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_confirmation_next_at",
                schema: "messaging",
                table: "confirmation",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_confirmation_person_id_confirmed_at",
                schema: "messaging",
                table: "confirmation",
                columns: new[] { "person_id", "confirmed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_desk_id_done_at_last_at",
                schema: "messaging",
                table: "conversation",
                columns: new[] { "desk_id", "done_at", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_last_at",
                schema: "messaging",
                table: "conversation",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_kind_last_at",
                schema: "messaging",
                table: "conversation",
                columns: new[] { "organisation_id", "kind", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_organisation_id_legal_hold_last_at",
                schema: "messaging",
                table: "conversation",
                columns: new[] { "organisation_id", "legal_hold", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_conversation_tell_from",
                schema: "messaging",
                table: "conversation",
                column: "tell_from");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_conversation_pair_key",
                schema: "messaging",
                table: "conversation",
                column: "pair_key",
                unique: true,
                filter: "[pair_key] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_desk_organisation_id_name",
                schema: "messaging",
                table: "desk",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_desk_member_person_id",
                schema: "messaging",
                table: "desk_member",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_entry_conversation_id_target",
                schema: "messaging",
                table: "entry",
                columns: new[] { "conversation_id", "target" },
                filter: "[target] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_entry_conversation_id_topic_id_seq",
                schema: "messaging",
                table: "entry",
                columns: new[] { "conversation_id", "topic_id", "seq" },
                filter: "[topic_id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_entry_client_id_conversation_id_sender_id",
                schema: "messaging",
                table: "entry",
                columns: new[] { "client_id", "conversation_id", "sender_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_idempotency_at",
                schema: "messaging",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_inbox_at",
                schema: "messaging",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_mail_entry_conversation_id_seq",
                schema: "messaging",
                table: "mail_entry",
                columns: new[] { "conversation_id", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_member_conversation_id_sort_key",
                schema: "messaging",
                table: "member",
                columns: new[] { "conversation_id", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_member_person_id_left_at",
                schema: "messaging",
                table: "member",
                columns: new[] { "person_id", "left_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_fanned_out_seq",
                schema: "messaging",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_messaging_outbox_event_id",
                schema: "messaging",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_delivery_key_seq",
                schema: "messaging",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_outbox_delivery_next_attempt_at",
                schema: "messaging",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_messaging_outbox_delivery_seq_subscriber",
                schema: "messaging",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_conversation_id_seq",
                schema: "messaging",
                table: "stored_file",
                columns: new[] { "conversation_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_owner_id",
                schema: "messaging",
                table: "stored_file",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_messaging_stored_file_state_at",
                schema: "messaging",
                table: "stored_file",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_messaging_topic_conversation_id_resolved_at",
                schema: "messaging",
                table: "topic",
                columns: new[] { "conversation_id", "resolved_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "assignment",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "community_keeping",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "confirmation",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "desk_member",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "draft",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "entry",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "file_chunk",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "mail_entry",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "member",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "mention",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "profile",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "topic",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "topic_follow",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "desk",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "stored_file",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "conversation",
                schema: "messaging");
        }
    }
}
