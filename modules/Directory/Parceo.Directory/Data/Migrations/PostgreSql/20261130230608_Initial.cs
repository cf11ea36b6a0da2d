using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Directory.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(DirectoryDbPostgreSql))]
    [Migration("20261130230608_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "directory");

            migrationBuilder.CreateTable(
                name: "activity",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    profession_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    profession_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    category_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    mode_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    sector_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    sector_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    section_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    role_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    role_label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    kind_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    structure_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    structure_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    finess = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    finess_legal = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    siret = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    has_invalid_structure_id = table.Column<bool>(type: "boolean", nullable: false),
                    street = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    address_extra = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    postal_code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    commune_code = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    commune = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    departement = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    country = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    phone = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    phone2 = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    fax = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    cell = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_activity", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "directory",
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
                    table.PrimaryKey("pk_directory_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "import_reject",
                schema: "directory",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    identifier = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_import_reject", x => new { x.run_id, x.line });
                });

            migrationBuilder.CreateTable(
                name: "import_run",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    scope = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    force = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    active = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    alive_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    percent = table.Column<int>(type: "integer", nullable: false),
                    lines = table.Column<long>(type: "bigint", nullable: false),
                    rejected = table.Column<long>(type: "bigint", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    created = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<int>(type: "integer", nullable: false),
                    gone = table.Column<int>(type: "integer", nullable: false),
                    refusal = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    detail = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    warnings = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true, collation: "C"),
                    professions = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_import_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "directory",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "name_key",
                schema: "directory",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    word = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_name_key", x => new { x.key, x.word });
                });

            migrationBuilder.CreateTable(
                name: "name_word",
                schema: "directory",
                columns: table => new
                {
                    is_given = table.Column<bool>(type: "boolean", nullable: false),
                    word = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_name_word", x => new { x.is_given, x.word, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "directory",
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
                    table.PrimaryKey("pk_directory_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "directory",
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
                    table.PrimaryKey("pk_directory_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    national_id = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false, collation: "C"),
                    family_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    given_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    civility = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    exercise_title = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    content_hash = table.Column<long>(type: "bigint", nullable: false),
                    origin = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    gone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "place_alias",
                schema: "directory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    commune_code = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false, collation: "C"),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_place_alias", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "skill",
                schema: "directory",
                columns: table => new
                {
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    label = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    cell = table.Column<int>(type: "integer", nullable: true),
                    sort_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_skill", x => new { x.activity_id, x.code });
                });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_cell",
                schema: "directory",
                table: "activity",
                column: "cell");

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_person_id",
                schema: "directory",
                table: "activity",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_profession_code_cell",
                schema: "directory",
                table: "activity",
                columns: new[] { "profession_code", "cell" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_profession_code_sort_key",
                schema: "directory",
                table: "activity",
                columns: new[] { "profession_code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_sector_code_sort_key",
                schema: "directory",
                table: "activity",
                columns: new[] { "sector_code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_idempotency_at",
                schema: "directory",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_directory_import_run_asked_at",
                schema: "directory",
                table: "import_run",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ux_directory_import_run_active",
                schema: "directory",
                table: "import_run",
                column: "active",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_inbox_at",
                schema: "directory",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_directory_name_word_person_id",
                schema: "directory",
                table: "name_word",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_fanned_out_seq",
                schema: "directory",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_outbox_event_id",
                schema: "directory",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_delivery_key_seq",
                schema: "directory",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_delivery_next_attempt_at",
                schema: "directory",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_directory_outbox_delivery_seq_subscriber",
                schema: "directory",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_person_sort_key_id",
                schema: "directory",
                table: "person",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_person_national_id",
                schema: "directory",
                table: "person",
                column: "national_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_place_alias_departement_key",
                schema: "directory",
                table: "place_alias",
                columns: new[] { "departement", "key" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_place_alias_organisation_id_key",
                schema: "directory",
                table: "place_alias",
                columns: new[] { "organisation_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_code_cell",
                schema: "directory",
                table: "skill",
                columns: new[] { "code", "cell" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_code_sort_key",
                schema: "directory",
                table: "skill",
                columns: new[] { "code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_person_id",
                schema: "directory",
                table: "skill",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activity",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "import_reject",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "import_run",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "name_key",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "name_word",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "person",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "place_alias",
                schema: "directory");

            migrationBuilder.DropTable(
                name: "skill",
                schema: "directory");
        }
    }
}
