using System.Globalization;
using System.Resources;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

[assembly: NeutralResourcesLanguage("fr")]

namespace Parceo.Ui;

/// <summary>Every text this library shows, in the current UI language. French is in <c>Texts.resx</c>; another language is one more file, <c>Texts.xx.resx</c>.</summary>
public static class Texts
{
    private static readonly ResourceManager Resources = new("Parceo.Ui.Texts", typeof(Texts).Assembly);

    /// <summary>The text called <paramref name="name"/>. Throws <see cref="MissingManifestResourceException"/> when no file holds it.</summary>
    public static string Get(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);

    /// <summary>The text called <paramref name="name"/>, its holes {0}, {1}… filled.</summary>
    public static string Get(string name, params object[] values) => string.Format(CultureInfo.CurrentCulture, Get(name), values);

    /// <summary>The texts the scripts show, as JSON, sent in a data block of each page.</summary>
    internal static string ForScripts() => JsonSerializer.Serialize(ScriptTexts.ToDictionary(n => n, n => Get(n)), Readable);

    // Accents stay readable; < > & ' stay escaped, so the block cannot be closed from within.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly string[] ScriptTexts =
    [
        "Shortcuts",
        "Undo",
        "Close",
        "LiveOn",
        "LiveReconnecting",
        "LiveOff",
        "SessionEnded",
        "SignInAgain",
        "TypedIsBack",
        "OrganisationChanged",
        "OrganisationBack",
        "LiveUpdated",
        "NewOne",
        "NewMany",
        "Results",
        "ResultsOne",
        "ResultsNone",
        "SearchFailed",
        "SearchSlow",
        "TimeLeft",
        "MinutesAndSeconds",
        "Minutes",
        "Seconds",
        "TimeOver",
        "SingleKeys",
        "SingleKeysHelp",
        "ShortcutsNone",
        "ShortcutNextRow",
        "ShortcutPreviousRow",
        "ShortcutHelp",
        "ShortcutUndo",
        "KeyEnter",
        "KeyEscape",
        "KeyControl",
        "KeyAlt",
        "KeyShift",
        "KeyThen",
        "Palette",
        "PalettePlaceholder",
        "PaletteHint",
        "PaletteNone",
        "PaletteDirectory",
        "Copied",
        "NotCopied",
    ];
}
