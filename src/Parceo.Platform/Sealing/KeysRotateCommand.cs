using System.Globalization;
using Parceo.Platform.Audit;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;

namespace Parceo.Platform;

/// <summary>
/// Brings in a new master key and seals everything anew with it, beside serving hosts (S30). Killed at any moment, it is
/// simply run again: it goes on with what is left before it would take another key.
/// </summary>
internal sealed class KeysRotateCommand(
    PlatformDb db,
    Keys keys,
    FieldCipher cipher,
    SealingKey current,
    Resealing resealing,
    AuditWriter audit,
    CallContext user,
    TimeProvider clock
) : IParceoCommand
{
    public string Verb => "keys rotate";
    public string Usage => "";
    public string Summary =>
        "Take a new master key and seal all patients' data and messages anew with it; beside serving hosts; run again to go on.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments.Count > 0)
            throw new CommandException($"Usage: {Verb}");
        if (await resealing.Left(ct) is var waiting and > 0)
            Console.WriteLine($"Going on with key {cipher.Current}: {Rows(waiting)} left.");
        else
            await TakeNext(ct);

        while (true)
        {
            var (done, unreadable) = (0L, 0L);
            await foreach (var outcome in resealing.Pass(ct))
            {
                (done, unreadable) = (done + outcome.Sealed, unreadable + outcome.Unreadable);
                if (outcome.Sealed + outcome.Unreadable > 0)
                    Console.WriteLine(
                        $"  {outcome.Column.Table}.{ParceoDb.Snake(outcome.Column.Property)}: {Rows(outcome.Sealed)} sealed anew{(outcome.Unreadable > 0 ? $", {outcome.Unreadable} that no key opens" : "")}"
                    );
            }
            // What a host sealed before it had looked: a last pass once all have.
            await Task.Delay(2 * SealingKey.Every, clock, ct);
            var left = await resealing.Left(ct);
            Console.WriteLine($"{Rows(left)} left.");
            if (left == 0)
                return 0;
            if (done == 0)
                throw new CommandException(
                    $"{Rows(unreadable)} cannot be opened with the keys at hand: put the key that sealed them back, then run it again."
                );
        }
    }

    private async Task TakeNext(CancellationToken ct)
    {
        if (cipher.Current == byte.MaxValue)
            throw new CommandException("All 255 keys are used: what is sealed names its key in one byte.");
        var next = SealingKey.NameOf((byte)(cipher.Current + 1));
        // Every node must hold it before any seals with it: where keys are configured, only an administrator can see to that.
        if (keys.IsConfigured(SealingKey.NameOf(cipher.Current)) && !keys.IsConfigured(next))
            throw new CommandException(
                $"Put a new key (32 bytes in base64) into Keys:{next} of every node, beside the others, and restart them; then run it again."
            );
        db.KeyFingerprints.Add(new KeyFingerprintRow(next, keys.FingerprintOf(next)));
        audit.Add(db, "platform.rotate-keys", "ok", user);
        await db.SaveChangesAsync(ct);
        await current.Look(ct);
        Console.WriteLine(
            $"Key {cipher.Current} seals from now on. Keep the old ones: backups need them.{(keys.IsConfigured(next) ? "" : $" Copy {keys.FileOf(next)} to where you keep keys.")}"
        );
    }

    private static string Rows(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} row{(count == 1 ? "" : "s")}");
}
