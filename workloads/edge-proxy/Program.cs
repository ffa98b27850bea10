using SreLab.Workloads.EdgeProxy;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;

return await ServiceProgram.RunAsync(args, ProxyService.Name, WellKnownPaths.Sidecar + WellKnownPaths.Liveness, e => ProxyService.Build(e));
