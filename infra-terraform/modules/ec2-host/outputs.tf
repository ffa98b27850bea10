output "instance_id" {
  description = "Id of the instance, for Session Manager."
  value       = aws_instance.this.id
}

output "private_ip" {
  description = "Address inside of the VPC."
  value       = aws_instance.this.private_ip
}

output "security_group_id" {
  description = "Security group of the host, for rules that let it in."
  value       = aws_security_group.this.id
}

output "ami" {
  description = "Image that was found: id and name."
  value       = { id = data.aws_ami.this.id, name = data.aws_ami.this.name }
}

output "availability_zone" {
  description = "Zone of the host: a load generator in another one pays for traffic and latency."
  value       = aws_instance.this.availability_zone
}
