using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OutsideAgendas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "outside_agenda",
                schema: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sealed_address = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    host = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false),
                    added_by = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    next_read_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    failure = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    times = table.Column<int>(type: "int", nullable: false),
                    e_tag = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outside_agenda", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "busy_time",
                schema: "slots",
                columns: table => new
                {
                    agenda_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    start = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_busy_time", x => new { x.agenda_id, x.start, x.end });
                    table.ForeignKey(
                        name: "fk_slots_busy_time_agenda_id",
                        column: x => x.agenda_id,
                        principalSchema: "slots",
                        principalTable: "outside_agenda",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_busy_time_practitioner_id_end_start",
                schema: "slots",
                table: "busy_time",
                columns: new[] { "practitioner_id", "end", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_next_read_at",
                schema: "slots",
                table: "outside_agenda",
                column: "next_read_at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_practitioner_id",
                schema: "slots",
                table: "outside_agenda",
                column: "practitioner_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "busy_time",
                schema: "slots");

            migrationBuilder.DropTable(
                name: "outside_agenda",
                schema: "slots");
        }
    }
}
