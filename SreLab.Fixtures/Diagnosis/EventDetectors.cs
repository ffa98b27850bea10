using System.Globalization;
using System.Text.RegularExpressions;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>What is wrong, from plain lines: events of Kubernetes, the kubelet, the kernel, and services that log text.</summary>
public static partial class EventDetectors
{
    private const double SlowMs = 3000;

    private static readonly (string Entry, string What, Func<string, bool> IsIn)[] Known =
    [
        ("Probe timed out", "a probe had no answer in time", t => FailedProbe().IsMatch(t) && TimedOut().IsMatch(t)),
        ("Readiness answers 500", "readiness threw instead of answering", t => Readiness500().IsMatch(t)),
        ("failing-healthz", "liveness was answered with an error", t => LivenessError().IsMatch(t)),
        ("wrong-probe-port", "a probe was asked where nobody answers it", t => ProbeNotFound().IsMatch(t)),
        ("Probe on a wrong port", "nothing listens where a probe asks", t => FailedProbe().IsMatch(t) && t.Contains("connection refused", StringComparison.Ordinal)),
        ("Killed for its memory", "a process reached its memory limit", t => OutOfMemory().IsMatch(t)),
        ("Wrong image name", "the image cannot be pulled", t => NoImage().IsMatch(t)),
        ("Latency of seven seconds", "requests took more than 3 s", t => Took().Match(t) is { Success: true } took && double.Parse(took.Groups[1].Value, CultureInfo.InvariantCulture) > SlowMs),
    ];

    /// <summary>Everything that is found.</summary>
    public static IReadOnlyList<Finding> Detect(IReadOnlyList<LogLine> lines) =>
    [
        .. from known in Known
           from file in lines.Where(l => !l.IsJson && known.IsIn(l.Text)).GroupBy(l => l.File)
           select Finding.From(known.Entry, file.Key, known.What, [.. file]),
    ];

    [GeneratedRegex(@"\b(Liveness|Readiness|Startup) probe failed", RegexOptions.IgnoreCase)]
    private static partial Regex FailedProbe();

    [GeneratedRegex("context deadline exceeded|Client.Timeout exceeded|timed out", RegexOptions.IgnoreCase)]
    private static partial Regex TimedOut();

    [GeneratedRegex(@"Readiness probe failed:.*statuscode: 5(?!03)\d\d", RegexOptions.IgnoreCase)]
    private static partial Regex Readiness500();

    [GeneratedRegex(@"Liveness probe failed:.*statuscode: 5\d\d", RegexOptions.IgnoreCase)]
    private static partial Regex LivenessError();

    [GeneratedRegex("(Liveness|Readiness) probe failed:.*statuscode: 404", RegexOptions.IgnoreCase)]
    private static partial Regex ProbeNotFound();

    [GeneratedRegex(@"\bOOMKilled\b|\bOut of memory: Killed process\b|\bMemory cgroup out of memory\b|exit code:? 137\b", RegexOptions.IgnoreCase)]
    private static partial Regex OutOfMemory();

    [GeneratedRegex(@"\b(ErrImagePull|ImagePullBackOff|InvalidImageName)\b|Failed to pull image")]
    private static partial Regex NoImage();

    [GeneratedRegex(@"\brequest\b.*\btook (\d+(?:\.\d+)?) ?ms\b", RegexOptions.IgnoreCase)]
    private static partial Regex Took();
}
