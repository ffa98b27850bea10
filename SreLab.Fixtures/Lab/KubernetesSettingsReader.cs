using System.Globalization;
using System.Text.RegularExpressions;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Lab;

/// <summary>The part of the settings that says which Kubernetes cluster.</summary>
internal static partial class KubernetesSettingsReader
{
    private const int MostBenchPods = 16;

    /// <summary>What the environment overrides.</summary>
    public static KubernetesSettings Apply(KubernetesSettings settings, IReadOnlyDictionary<string, string> given) => settings with
    {
        Kubeconfig = given.GetValueOrDefault(SettingNames.Kubeconfig, settings.Kubeconfig),
        Context = given.GetValueOrDefault(SettingNames.Context, settings.Context),
        Prefix = given.GetValueOrDefault(SettingNames.LabPrefix, settings.Prefix),
        Variables = given.GetValueOrDefault(SettingNames.Variables, settings.Variables),
        Adopt = given.TryGetValue(SettingNames.Adopt, out var adopt) ? adopt == "1" : settings.Adopt,
        BenchPods = given.TryGetValue(SettingNames.BenchPods, out var pods) ? int.TryParse(pods, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1 : settings.BenchPods,
        K3sImage = given.GetValueOrDefault(SettingNames.K3sImage, settings.K3sImage),
    };

    /// <summary>What is wrong, one line each; nothing of another target is looked at.</summary>
    public static IEnumerable<string> Problems(LabSettings settings)
    {
        if (settings.Target is not (KubernetesTargets.K3s or KubernetesTargets.Existing))
        {
            yield break;
        }

        var kubernetes = settings.Kubernetes;
        if (!PrefixPattern().IsMatch(kubernetes.Prefix))
        {
            yield return $"  {SettingNames.LabPrefix,-22} is '{kubernetes.Prefix}'; 1 to 20 lower-case letters, digits and hyphens, beginning with a letter";
        }

        if (settings.Target == KubernetesTargets.Existing && kubernetes.Context.Length == 0)
        {
            yield return $"  {SettingNames.Context,-22} is not set; name a context of the kubeconfig (kubectl config get-contexts)";
        }

        if (kubernetes.Variables.Length > 0 && !File.Exists(kubernetes.Variables))
        {
            yield return $"  {SettingNames.Variables,-22} is '{kubernetes.Variables}'; there is no such file";
        }

        if (kubernetes.BenchPods is < 0 or > MostBenchPods)
        {
            yield return FormattableString.Invariant($"  {SettingNames.BenchPods,-22} must be a number from 0 to {MostBenchPods}");
        }

        if (!kubernetes.K3sImage.Contains(':', StringComparison.Ordinal))
        {
            yield return $"  {SettingNames.K3sImage,-22} is '{kubernetes.K3sImage}'; an image with a tag is needed, for example {KubernetesSettings.DefaultK3sImage}";
        }
    }

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$")]
    private static partial Regex PrefixPattern();
}
