using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OutsideAgendas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "slots_outside_agenda",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    added_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    next_read_at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failure = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    times = table.Column<int>(type: "INTEGER", nullable: false),
                    e_tag = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outside_agenda", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_busy_time",
                columns: table => new
                {
                    agenda_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_busy_time", x => new { x.agenda_id, x.start, x.end });
                    table.ForeignKey(
                        name: "fk_slots_busy_time_agenda_id",
                        column: x => x.agenda_id,
                        principalTable: "slots_outside_agenda",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_busy_time_practitioner_id_end_start",
                table: "slots_busy_time",
                columns: new[] { "practitioner_id", "end", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_next_read_at",
                table: "slots_outside_agenda",
                column: "next_read_at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_practitioner_id",
                table: "slots_outside_agenda",
                column: "practitioner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slots_busy_time");

            migrationBuilder.DropTable(
                name: "slots_outside_agenda");
        }
    }
}
