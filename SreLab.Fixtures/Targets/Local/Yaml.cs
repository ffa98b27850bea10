using YamlDotNet.Serialization;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Writes configuration files; text that would read as a number or a word of YAML is quoted.</summary>
internal static class Yaml
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().Build();

    public static string Write(object content) => Serializer.Serialize(content);
}
