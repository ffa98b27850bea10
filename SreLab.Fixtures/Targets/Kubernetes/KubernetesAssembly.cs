using System.Reflection;
using System.Runtime.Loader;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>The assembly that knows Kubernetes: built for its targets alone, so it may not be there.</summary>
/// <remarks>
/// It lies in a folder of its own below <c>artifacts</c>, with its packages, and is loaded when a target asks for it. A reference would put its packages
/// into every restore and lock file of the solution.
/// </remarks>
internal static class KubernetesAssembly
{
    /// <summary>Name of the project and the assembly.</summary>
    public const string Name = "SreLab.Fixtures.Kubernetes";

    /// <summary>The one type that makes targets: a parameterless constructor, and <see cref="IKubernetesTargetFactory"/>.</summary>
    public const string FactoryType = Name + ".TargetFactory";

    /// <summary>Builds it; says in <see cref="MissingFile"/> which package could not be had.</summary>
    public const string BuildCommand = "scripts/build-kubernetes";

    private static readonly Lock Loading = new();

    /// <summary>Its folder in a repository.</summary>
    public static string Folder(string repository) => Path.Combine(repository, "artifacts", "bin", Name, "release");

    /// <summary>What the last build could not restore.</summary>
    public static string MissingFile(string repository) => Path.Combine(repository, "artifacts", "kubernetes-missing.txt");

    /// <summary>Whether it was built, and what to do when it was not.</summary>
    public static Requirement Check(string repository)
    {
        var file = Path.Combine(Folder(repository), Name + ".dll");
        if (File.Exists(file) && !File.Exists(MissingFile(repository)))
        {
            return new Requirement("Kubernetes client", true, file, "");
        }

        var missing = File.Exists(MissingFile(repository)) ? File.ReadAllText(MissingFile(repository)).Trim() : "";
        return missing.Length == 0
            ? new Requirement("Kubernetes client", false, $"{Name} is not built", BuildCommand)
            : new Requirement(
                "Kubernetes client",
                false,
                $"package not found: {missing.ReplaceLineEndings(", ")}",
                $"give a package source that has it (dotnet nuget add source ...), then: {BuildCommand}");
    }

    /// <summary>Loads it.</summary>
    /// <exception cref="LabException">It is not there.</exception>
    public static IKubernetesTargetFactory Load(string repository)
    {
        var check = Check(repository);
        if (!check.IsMet)
        {
            throw new LabException($"the Kubernetes targets cannot be used: {check.Found}; nothing was touched.\n  fix          {check.Fix}");
        }

        lock (Loading)
        {
            var file = Path.Combine(Folder(repository), Name + ".dll");
            var assembly = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.GetName().Name == Name) ?? LoadFrom(file);
            return assembly.GetType(FactoryType) is { } type && Activator.CreateInstance(type) is IKubernetesTargetFactory factory
                ? factory
                : throw new LabException($"{file} is of another release: it has no {FactoryType}.\n  fix          {BuildCommand}");
        }
    }

    private static Assembly LoadFrom(string file)
    {
        // Only what nobody else brings: types that both know must be the same ones.
        var resolver = new AssemblyDependencyResolver(file);
        AssemblyLoadContext.Default.Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
    }
}

/// <summary>Makes the targets that need a Kubernetes client; implemented by the assembly that has one.</summary>
public interface IKubernetesTargetFactory
{
    /// <summary>The target that the settings name: k3s or existing.</summary>
    ITarget Make(LabSettings settings);
}
