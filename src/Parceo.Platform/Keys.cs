using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Parceo.Platform.Data;

namespace Parceo.Platform;

/// <summary>
/// A key that what is stored, or what browsers and clients hold, was made with: another one is recognised at the start
/// (S30), on a node that was given none of its own as well.
/// </summary>
/// <param name="Name">Of <see cref="Keys"/>.</param>
internal sealed record LastingKey(string Name);

/// <summary>
/// Secret keys of the installation, held outside the database: in configuration (<c>Keys:{Name}</c>, base64, needed as
/// soon as there are several nodes) or in files of the data folder's <c>keys</c> directory, made at first use and
/// readable by the host's account only.
/// </summary>
public sealed class Keys(IConfiguration configuration, DatabaseOptions database)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> keys = [];

    /// <summary>A key of 32 bytes.</summary>
    public byte[] Get(string name)
    {
        lock (gate)
        {
            if (keys.TryGetValue(name, out var key))
                return key;
            return keys[name] = FromConfiguration(configuration, name) ?? FromFile(FileOf(name));
        }
    }

    /// <summary>Whether there is one already, without making it.</summary>
    internal bool Has(string name) => FromConfiguration(configuration, name) is not null || File.Exists(FileOf(name));

    /// <summary>Whether the configuration gives it, so that a file of its name would not be looked at.</summary>
    internal bool IsConfigured(string name) => FromConfiguration(configuration, name) is not null;

    /// <summary>Recognises a key without telling anything of it.</summary>
    internal byte[] FingerprintOf(string name) => HMACSHA256.HashData(Get(name), "parceo key print v1"u8);

    /// <summary>Where it is kept when the configuration does not give it.</summary>
    internal string FileOf(string name) => Path.Combine(database.Folder, "keys", name.ToLowerInvariant() + ".key");

    /// <summary>A wrong key stops the start, not the first request that needs it (S30).</summary>
    /// <exception cref="StartRefusedException">A key of the configuration is not one.</exception>
    internal static void Check(IConfiguration configuration)
    {
        foreach (var key in configuration.GetSection("Keys").GetChildren())
            FromConfiguration(configuration, key.Key);
    }

    private static byte[]? FromConfiguration(IConfiguration configuration, string name)
    {
        if (configuration[$"Keys:{name}"] is not { Length: > 0 } text)
            return null;
        try
        {
            return Convert.FromBase64String(text) is { Length: 32 } key ? key : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new StartRefusedException($"Keys:{name} must be 32 bytes in base64.");
        }
    }

    private static byte[] FromFile(string path)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path) is { Length: 32 } key
                ? key
                : throw new StartRefusedException($"{path} is damaged: it must hold 32 bytes.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = RandomNumberGenerator.GetBytes(32);
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(fresh);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path);
        return fresh;
    }
}
