using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Slos;

/// <summary>The part <c>targets</c> of <c>slos.json</c>: values that count on one target in place of the defaults.</summary>
/// <remarks>A platform restarts and moves what a machine's processes hand over: its outages have other limits, and the same promises.</remarks>
internal sealed class TargetObjectives
{
    private const string Part = "targets";

    // By fault: a target's own limits are laid over the defaults one by one.
    private const string ByFault = "faultOutageSeconds";

    // The rules of the alerts are generated from the first two; the third decides what is evidence at all.
    private static readonly string[] TheSameEverywhere = [nameof(Objectives.BenchLatencyP99Ms), nameof(Objectives.BenchErrorRatio), nameof(Objectives.MinimumLedgerRate)];

    private static readonly string[] Targets = ["local", KubernetesTargets.K3s, KubernetesTargets.Existing, ExternalTarget.TargetName];

    private static readonly Dictionary<string, string> Replaceable = typeof(Objectives).GetProperties()
        .Where(p => p.PropertyType == typeof(decimal) && !TheSameEverywhere.Contains(p.Name, StringComparer.Ordinal))
        .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), p => p.Name, StringComparer.Ordinal);

    private readonly JsonObject _defaults;
    private readonly JsonNode? _targets;

    private TargetObjectives(JsonObject defaults, JsonNode? targets) => (_defaults, _targets) = (defaults, targets);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="JsonException">It is no object of JSON.</exception>
    public static TargetObjectives Read(string text)
    {
        if (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }) is not JsonObject all)
        {
            throw new JsonException("it must be an object");
        }

        all.Remove(Part, out var targets);
        return new TargetObjectives(all, targets);
    }

    /// <summary>All objectives as they count on a target; null for the defaults.</summary>
    public JsonObject Of(string? target)
    {
        var merged = _defaults.DeepClone().AsObject();
        foreach (var (name, value) in Values(target))
        {
            if (name == ByFault && merged[name] is JsonObject limits)
            {
                foreach (var (fault, limit) in value!.AsObject())
                {
                    limits[fault] = limit!.DeepClone();
                }
            }
            else
            {
                merged[name] = value!.DeepClone();
            }
        }

        return merged;
    }

    /// <summary>What counts on a target in place of a default, one line each.</summary>
    public IReadOnlyList<string> Replaced(string? target) => [.. Values(target).SelectMany(v => v.Key == ByFault ? ReplacedFaults(v.Value) : [$"{v.Key} {v.Value} for {_defaults[v.Key]}"])];

    /// <summary>What is wrong with this part, one line each: every target is looked at, whichever runs.</summary>
    public IEnumerable<string> Problems()
    {
        if (_targets is null)
        {
            yield break;
        }

        if (_targets is not JsonObject targets)
        {
            yield return $"{Part} must hold an object for each target";
            yield break;
        }

        foreach (var (target, values) in targets)
        {
            if (!Targets.Contains(target, StringComparer.Ordinal))
            {
                yield return $"{Part}.{target}: no such target; there are {string.Join(", ", Targets)}";
            }
            else if (values is not JsonObject named)
            {
                yield return $"{Part}.{target} must hold objectives by name";
            }
            else
            {
                foreach (var problem in named.Where(v => v.Key != ByFault).Select(v => Problem(v.Key, v.Value)).OfType<string>().Concat(FaultLimits.ProblemsOfTarget(named[ByFault], KubernetesTargets.IsOne(target))))
                {
                    yield return $"{Part}.{target}.{problem}";
                }
            }
        }
    }

    // What only a platform has replaces no default.
    private IEnumerable<string> ReplacedFaults(JsonNode? limits) =>
        limits!.AsObject().Where(l => _defaults[ByFault]?[l.Key] is not null).Select(l => $"{l.Key} {l.Value} for {_defaults[ByFault]![l.Key]}");

    private static string? Problem(string name, JsonNode? value) =>
        !Replaceable.ContainsKey(name)
            ? TheSameEverywhere.Any(s => JsonNamingPolicy.CamelCase.ConvertName(s) == name) ? $"{name} is the same on every target" : $"{name}: a target has no objective of this name"
            : value is JsonValue number && number.TryGetValue<decimal>(out var limit) && limit > 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} must be a number greater than 0");

    private JsonObject Values(string? target) => target is not null && (_targets as JsonObject)?[target] is JsonObject values ? values : [];
}
