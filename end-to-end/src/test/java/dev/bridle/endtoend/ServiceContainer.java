package dev.bridle.endtoend;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/**
 * A container of docker-compose.yml in two networks: one for REST, and one for Kafka, from which it
 * can be cut off.
 */
final class ServiceContainer extends GenericContainer<ServiceContainer> {
  private final String alias;
  private final Network kafka;

  /**
   * @param alias under which the others know it in Kafka's network
   */
  ServiceContainer(ComposeFile.Service service, String alias, Network rest, Network kafka) {
    super(service.image());
    this.alias = alias;
    this.kafka = kafka;
    withNetwork(rest);
    withEnv(service.environment());
    withTmpFs(service.tmpfs());
    withCreateContainerCmdModifier(command -> restrict(command, service));
  }

  private static void restrict(CreateContainerCmd command, ComposeFile.Service service) {
    HostConfig host = Objects.requireNonNull(command.getHostConfig());
    host.withMemory(service.memory())
        .withReadonlyRootfs(service.readOnly())
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges:true"));
    if (!service.entrypoint().isEmpty()) {
      command.withEntrypoint(service.entrypoint());
    }
  }

  @Override
  protected void containerIsCreated(String containerId) {
    connect(containerId);
  }

  /** Where its port is published; another one after each start. */
  URI address(int port) {
    Ports.Binding[] bindings =
        inspect().getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(port));
    return URI.create("http://127.0.0.1:" + bindings[0].getHostPortSpec());
  }

  /** From now on no packet passes between it and Kafka. */
  void cutOff() {
    dockerClient
        .disconnectFromNetworkCmd()
        .withContainerId(getContainerId())
        .withNetworkId(kafka.getId())
        .withForce(true)
        .exec();
  }

  void heal() {
    connect(getContainerId());
  }

  /** As kill -9 does; its volume stays. */
  void kill() {
    dockerClient.killContainerCmd(getContainerId()).withSignal("KILL").exec();
    Awaitility.await().until(() -> !Boolean.TRUE.equals(inspect().getState().getRunning()));
  }

  /** The killed container, started again; returns once it is healthy. */
  void startAgain() {
    dockerClient.startContainerCmd(getContainerId()).exec();
    Awaitility.await()
        .atMost(LiveStack.LONG)
        .until(() -> "healthy".equals(inspect().getState().getHealth().getStatus()));
  }

  private InspectContainerResponse inspect() {
    return dockerClient.inspectContainerCmd(getContainerId()).exec();
  }

  private void connect(String containerId) {
    dockerClient
        .connectToNetworkCmd()
        .withContainerId(containerId)
        .withNetworkId(kafka.getId())
        .withContainerNetwork(new ContainerNetwork().withAliases(alias))
        .exec();
  }
}
