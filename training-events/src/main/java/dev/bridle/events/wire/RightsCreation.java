package dev.bridle.events.wire;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;

/** Gives every user its {@link Rights}; what a cluster grants already stays as it is. */
public final class RightsCreation {
  private RightsCreation() {}

  /**
   * @param admin of someone who may alter the cluster
   * @throws ExecutionException if the cluster refuses
   */
  public static void create(Admin admin) throws InterruptedException, ExecutionException {
    List<AclBinding> bindings =
        Rights.all().stream().map(Rights::bindings).flatMap(Collection::stream).toList();
    admin.createAcls(bindings).all().get();
  }

  /** {@code RightsCreation CLIENT_PROPERTIES}: a file as Kafka's own commands take it. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: RightsCreation CLIENT_PROPERTIES");
      System.exit(2);
    }
    Properties client = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
      client.load(file);
    } catch (IOException e) {
      System.err.println("CLIENT_PROPERTIES should be a file that can be read: " + e);
      System.exit(2);
    }
    try (Admin admin = Admin.create(client)) {
      create(admin);
    } catch (ExecutionException e) {
      System.err.println("the rights can't be given: " + e.getCause().getMessage());
      System.exit(1);
    }
  }
}
