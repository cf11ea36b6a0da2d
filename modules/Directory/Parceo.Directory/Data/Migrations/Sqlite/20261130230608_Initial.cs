using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Directory.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(DirectoryDbSqlite))]
    [Migration("20261130230608_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "directory_activity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    profession_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    profession_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    category_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    mode_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    sector_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    sector_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    section_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    role_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    role_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    kind_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    structure_key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    structure_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    finess = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    finess_legal = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    siret = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    has_invalid_structure_id = table.Column<bool>(type: "INTEGER", nullable: false),
                    street = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    address_extra = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    postal_code = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    commune_code = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    departement = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    country = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    phone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    phone2 = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    fax = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    cell = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_activity", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_idempotency",
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
                    table.PrimaryKey("pk_directory_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "directory_import_reject",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    identifier = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_import_reject", x => new { x.run_id, x.line });
                });

            migrationBuilder.CreateTable(
                name: "directory_import_run",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    force = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    active = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    alive_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    percent = table.Column<int>(type: "INTEGER", nullable: false),
                    lines = table.Column<long>(type: "INTEGER", nullable: false),
                    rejected = table.Column<long>(type: "INTEGER", nullable: false),
                    people = table.Column<int>(type: "INTEGER", nullable: false),
                    created = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    gone = table.Column<int>(type: "INTEGER", nullable: false),
                    refusal = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    detail = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    warnings = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    professions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_import_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "directory_name_key",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    word = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_name_key", x => new { x.key, x.word });
                });

            migrationBuilder.CreateTable(
                name: "directory_name_word",
                columns: table => new
                {
                    is_given = table.Column<bool>(type: "INTEGER", nullable: false),
                    word = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_name_word", x => new { x.is_given, x.word, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "directory_outbox",
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
                    table.PrimaryKey("pk_directory_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "directory_outbox_delivery",
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
                    table.PrimaryKey("pk_directory_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_person",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    national_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    family_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    given_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    civility = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    exercise_title = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content_hash = table.Column<long>(type: "INTEGER", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    gone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_place_alias",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    commune_code = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_place_alias", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_skill",
                columns: table => new
                {
                    activity_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    cell = table.Column<int>(type: "INTEGER", nullable: true),
                    sort_key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_directory_skill", x => new { x.activity_id, x.code });
                });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_cell",
                table: "directory_activity",
                column: "cell");

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_person_id",
                table: "directory_activity",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_profession_code_cell",
                table: "directory_activity",
                columns: new[] { "profession_code", "cell" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_profession_code_sort_key",
                table: "directory_activity",
                columns: new[] { "profession_code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_activity_sector_code_sort_key",
                table: "directory_activity",
                columns: new[] { "sector_code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_idempotency_at",
                table: "directory_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_directory_import_run_asked_at",
                table: "directory_import_run",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ux_directory_import_run_active",
                table: "directory_import_run",
                column: "active",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_inbox_at",
                table: "directory_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_directory_name_word_person_id",
                table: "directory_name_word",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_fanned_out_seq",
                table: "directory_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_outbox_event_id",
                table: "directory_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_delivery_key_seq",
                table: "directory_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_outbox_delivery_next_attempt_at",
                table: "directory_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_directory_outbox_delivery_seq_subscriber",
                table: "directory_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_person_sort_key_id",
                table: "directory_person",
                columns: new[] { "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_person_national_id",
                table: "directory_person",
                column: "national_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_place_alias_departement_key",
                table: "directory_place_alias",
                columns: new[] { "departement", "key" });

            migrationBuilder.CreateIndex(
                name: "ux_directory_place_alias_organisation_id_key",
                table: "directory_place_alias",
                columns: new[] { "organisation_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_code_cell",
                table: "directory_skill",
                columns: new[] { "code", "cell" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_code_sort_key",
                table: "directory_skill",
                columns: new[] { "code", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_directory_skill_person_id",
                table: "directory_skill",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "directory_activity");

            migrationBuilder.DropTable(
                name: "directory_idempotency");

            migrationBuilder.DropTable(
                name: "directory_import_reject");

            migrationBuilder.DropTable(
                name: "directory_import_run");

            migrationBuilder.DropTable(
                name: "directory_inbox");

            migrationBuilder.DropTable(
                name: "directory_name_key");

            migrationBuilder.DropTable(
                name: "directory_name_word");

            migrationBuilder.DropTable(
                name: "directory_outbox");

            migrationBuilder.DropTable(
                name: "directory_outbox_delivery");

            migrationBuilder.DropTable(
                name: "directory_person");

            migrationBuilder.DropTable(
                name: "directory_place_alias");

            migrationBuilder.DropTable(
                name: "directory_skill");
        }
    }
}
