using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A certificate authority for one lab, and a server certificate for every member.</summary>
/// <remarks>The authority's key is never written: after the members have their certificates nobody can sign another one.</remarks>
internal static class LabCertificates
{
    private const int ValidDays = 365;

    /// <summary>Makes and stores them.</summary>
    /// <param name="home">The lab.</param>
    /// <param name="network">Its addresses: each certificate names the member's and the edge's, through which clients come too.</param>
    /// <param name="owner">Who may read the members' keys.</param>
    /// <param name="now">Start of the validity, less an hour for clocks that differ.</param>
    public static void Create(LabHome home, LabNetwork network, RunAsUser owner, DateTimeOffset now)
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest($"CN=SreLab CA {network.Prefix}", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        caRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        caRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(caRequest.PublicKey, false));
        using var ca = caRequest.CreateSelfSigned(now.AddHours(-1), now.AddDays(ValidDays));

        Directory.CreateDirectory(Path.GetDirectoryName(home.CaCertificate)!);
        owner.WriteFile(home.CaCertificate, ca.ExportCertificatePem() + "\n");
        foreach (var member in network.Members)
        {
            CreateServer(owner, ca, member.Name, [member.Host, network.Edge, network.EntryOf(member)], home.MemberTls(member.Name), now);
        }

        // Made now for clusters that may be restored later: nobody can sign then.
        CreateServer(owner, ca, "restored", network.RestoreHosts, home.RestoredTls, now);
    }

    private static void CreateServer(RunAsUser owner, X509Certificate2 ca, string name, IReadOnlyList<string> hosts, string folder, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddIpAddress(IPAddress.Parse(host));
        }

        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(ca, now.AddHours(-1), now.AddDays(ValidDays - 1), RandomNumberGenerator.GetBytes(16));

        owner.MakeFolder(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        owner.WriteFile(Path.Combine(folder, "server.crt"), certificate.ExportCertificatePem() + "\n");
        owner.WriteSecretFile(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
