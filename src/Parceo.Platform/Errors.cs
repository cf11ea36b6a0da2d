namespace Parceo.Platform;

/// <summary>
/// A refusal that the caller can understand: a stable <see cref="Code"/> in snake_case for programs, a text in the
/// user's language looked up by that code (<see cref="ErrorTexts"/>). Mapped to a status once, in
/// <see cref="Web.ErrorAnswers"/>; everything else becomes a 500 that shows only a correlation id (S65).
/// </summary>
public abstract class RefusalException(string code, int status, Exception? inner = null) : Exception(code, inner)
{
    /// <summary>Stable name of the refusal, for example <c>slot_full</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status it becomes.</summary>
    public int Status { get; } = status;

    /// <summary>
    /// Whether a page shows it above the form that was refused, with all that was typed. Somebody who must sign in or
    /// prove who they are is led there instead. One rule for every page: a filter by kind loses what was typed the day
    /// another kind comes (busy, changed meanwhile, no longer allowed).
    /// </summary>
    public bool BelongsToForm => this is not NotSignedInException && Code != "step_up_needed";

    /// <summary>Codes of all that is wrong.</summary>
    public IReadOnlyList<string> Codes =>
        this is InvalidException { Errors.Count: > 0 } invalid ? [.. invalid.Errors.Values.SelectMany(v => v).Distinct()] : [Code];
}

/// <summary>The thing does not exist, or the caller may not know that it does (404).</summary>
public sealed class NotFoundException(string code) : RefusalException(code, 404);

/// <summary>The state of the thing does not allow it (409).</summary>
public sealed class ConflictException(string code, Exception? inner = null) : RefusalException(code, 409, inner);

/// <summary>The caller may know of it, but not do this (403).</summary>
public sealed class ForbiddenException(string code = "forbidden") : RefusalException(code, 403);

/// <summary>Nobody is signed in (401).</summary>
public sealed class NotSignedInException() : RefusalException("not_signed_in", 401);

/// <summary>The request itself is wrong (400); <see cref="Errors"/> by field in camelCase, as texts or codes.</summary>
public sealed class InvalidException(string code, IReadOnlyDictionary<string, string[]>? errors = null) : RefusalException(code, 400)
{
    /// <summary>What is wrong, by field; empty when it concerns the whole request.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors ?? new Dictionary<string, string[]>();

    /// <summary>One field, one reason.</summary>
    public static InvalidException Of(string field, string code) => new(code, new Dictionary<string, string[]> { [field] = [code] });
}

/// <summary>The same idempotency key came with another body (422, S53).</summary>
public sealed class IdempotencyKeyReusedException() : RefusalException("idempotency_key_reused", 422);

/// <summary>A bounded queue is full, or the caller asked too much: nothing was taken in, try again shortly (429, S49, S50).</summary>
public sealed class BusyException(string code, TimeSpan? retryAfter = null) : RefusalException(code, 429)
{
    /// <summary>When there may be room again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter ?? TimeSpan.FromSeconds(2);
}

/// <summary>The trail takes no row: then nothing is done either (503, S31).</summary>
public sealed class UntracedException(Exception inner) : RefusalException("untraced", 503, inner);

/// <summary>
/// Somebody else changed the same thing first: a stale version or a unique constraint said so at the save. The
/// sender runs the request again with fresh eyes; seen by a caller (409) only when that fails three times.
/// </summary>
public sealed class ConcurrentChangeException(Exception? inner = null) : RefusalException("concurrent_change", 409, inner);

/// <summary>A configuration or environment in which the host must not start; the message is one clear sentence.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
