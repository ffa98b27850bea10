using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Tests.Conventions;

#pragma warning disable CA1812 // Made by the deserializer.

/// <summary>A promtool test, as far as conventions look at it.</summary>
internal sealed class RuleTestFile
{
    [YamlMember(Alias = "tests")]
    public List<Case> Cases { get; set; } = [];

    public static RuleTestFile Load(string file) =>
        new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<RuleTestFile>(File.ReadAllText(file));

    /// <summary>What each look at an alert expects to fire; null when nobody looks at it.</summary>
    public IReadOnlyList<IReadOnlyList<Expected>>? Expectations(string alert)
    {
        var looks = Cases.SelectMany(c => c.Looks).Where(l => l.Alert == alert).Select(l => l.Firing).ToList();
        return looks.Count == 0 ? null : looks;
    }

    internal sealed class Case
    {
        [YamlMember(Alias = "alert_rule_test")]
        public List<Look> Looks { get; set; } = [];
    }

    internal sealed class Look
    {
        [YamlMember(Alias = "alertname")]
        public string Alert { get; set; } = "";

        [YamlMember(Alias = "exp_alerts")]
        public List<Expected> Firing { get; set; } = [];
    }

    internal sealed class Expected
    {
        [YamlMember(Alias = "exp_labels")]
        public Dictionary<string, string> Labels { get; set; } = [];

        [YamlMember(Alias = "exp_annotations")]
        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
