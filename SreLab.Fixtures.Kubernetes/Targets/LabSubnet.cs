using System.Net;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>The Docker network of a lab.</summary>
/// <param name="Subnet">Its addresses.</param>
/// <param name="BalancerRange">Those of them that MetalLB hands out.</param>
internal sealed record LabSubnet(string Subnet, string BalancerRange)
{
    // Docker hands addresses out from the other end of the subnet, which has 16 bits.
    private const int FirstBalanced = 200;
    private const int LastBalanced = 220;

    /// <summary>Reads a subnet as Docker writes it.</summary>
    public static LabSubnet Of(string subnet)
    {
        var first = string.Join('.', IPNetwork.Parse(subnet).BaseAddress.GetAddressBytes().Take(3));
        return new LabSubnet(subnet, FormattableString.Invariant($"{first}.{FirstBalanced}-{first}.{LastBalanced}"));
    }
}
