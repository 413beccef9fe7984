package dev.bridle.inference.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.ModelExported;
import dev.bridle.events.RunId;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.testing.ModelFiles;
import dev.bridle.inference.testing.S3Server;
import dev.bridle.inference.testing.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a bucket, and what happens where it is wrong or away. */
class BucketTest {
  private static final byte[] LINE = TestModels.linear(new float[] {1, 2}, 0.5);
  private static final byte[] OTHER = TestModels.linear(new float[] {3, 4}, 0.5);
  private static final ModelVersion ID = new ModelVersion("line", 1);
  private static final String KEY = "served/line/1/model.onnx";

  @TempDir Path folder;
  private S3Server s3;
  private Service service;

  /** What a started service has. */
  private record Service(ModelCatalog catalog, ModelInstaller installer, BucketWatch bucket) {
    String served() {
      return catalog.version(ID).map(ServedModel::sha256).orElse("nothing");
    }
  }

  @BeforeEach
  void start() throws IOException {
    s3 = new S3Server();
    service = service(Map.of());
  }

  @AfterEach
  void stop() {
    s3.close();
    service.installer().stop();
    service.catalog().close();
  }

  @Test
  void everyVersionOfEveryPageIsServed() {
    for (int version = 1; version <= 5; version++) {
      s3.put("served/line/" + version + "/model.onnx", LINE);
    }
    s3.put("other/line/6/model.onnx", LINE);
    service.bucket().pull("line");
    assertThat(service.catalog().versions("line")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(service.bucket().failure()).isEmpty();
  }

  @Test
  void keysThatLeadElsewhereArePassedOver() {
    for (String key :
        new String[] {
          "../line/1/model.onnx",
          "line/../../1/model.onnx",
          "line/1/../model.onnx",
          "line/01/model.onnx",
          "line/1/2/model.onnx",
          ".line/1/model.onnx",
          "line/1/other.onnx"
        }) {
      s3.put("served/" + key, LINE);
    }
    service.bucket().pull("line");
    assertThat(service.catalog().size()).isZero();
    assertThat(service.catalog().failures()).isEmpty();
    assertThat(folder.resolve("..").resolve("line")).doesNotExist();
  }

  @Test
  void whatIsReplacedInTheBucketIsReplacedHere() {
    s3.put(KEY, LINE);
    service.bucket().pull("line");
    s3.put(KEY, OTHER);
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo(Checksum.sha256(OTHER));
  }

  @Test
  void anObjectThatIsSwappedWhileItIsReadIsNotServed() {
    s3.put(KEY, LINE);
    s3.beforeEachObject(() -> s3.put(KEY, OTHER));
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo("nothing");
    assertThat(service.catalog().failures().get(ID)).contains("was replaced while it was read");
    s3.beforeEachObject(() -> {});
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo(Checksum.sha256(OTHER));
  }

  @Test
  void anObjectThatIsNotWhatItsModelJsonNamesIsRefusedAndTheOldOneServed() {
    s3.put("served/line/1/model.json", json(LINE)).put(KEY, LINE);
    service.bucket().pull("line");
    s3.put(KEY, OTHER);
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo(Checksum.sha256(LINE));
    assertThat(service.catalog().failures().get(ID))
        .contains(
            "sha256 should be %s as in model.json: was %s"
                .formatted(Checksum.sha256(LINE), Checksum.sha256(OTHER)));
  }

  @Test
  void aBodyThatBreaksOffIsNotServed() {
    s3.put(KEY, LINE).truncate(true);
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo("nothing");
    assertThat(service.catalog().failures().get(ID)).contains("s3://models/" + KEY);
    s3.truncate(false);
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo(Checksum.sha256(LINE));
  }

  @Test
  void whatIsTooLargeOrNoModelIsRefused() {
    service = service(Map.of("bridle.inference.max-model-bytes", "" + (LINE.length - 1)));
    s3.put(KEY, LINE).put("served/junk/1/model.onnx", "junk".getBytes(StandardCharsets.UTF_8));
    service.bucket().pull("line");
    service.bucket().pull("junk");
    assertThat(service.catalog().size()).isZero();
    assertThat(service.catalog().failures().get(ID)).contains("should be of at most");
    assertThat(service.catalog().failures()).containsKey(new ModelVersion("junk", 1));
  }

  @Test
  void aModelThatReadsOtherFilesIsRefusedFromTheBucketToo() {
    s3.put(KEY, ModelFiles.bytes("hostile-external-beside"));
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo("nothing");
    assertThat(service.catalog().failures().get(ID)).isNotBlank();
  }

  @Test
  void aWrongSecretIsSaidAndNothingServed() {
    s3.put(KEY, LINE);
    service = service(Map.of("bridle.inference.s3.secret-key", "another"));
    service.bucket().pull("line");
    assertThat(service.catalog().size()).isZero();
    assertThat(service.bucket().failure().get("s3://models/served"))
        .contains("the store answered 403, SignatureDoesNotMatch")
        .doesNotContain("another");
  }

  @Test
  void withTheStoreAwayWhatWasServedGoesOnAndAnswersAfterARestartToo() throws IOException {
    s3.put(KEY, LINE);
    service.bucket().pull("line");
    int port = s3.port();
    s3.close();
    service.bucket().pull("line");
    assertThat(service.served()).isEqualTo(Checksum.sha256(LINE));
    assertThat(service.bucket().failure().get("s3://models/served")).contains("can't be reached");

    Service restarted = service(Map.of());
    restarted.bucket().pull("line");
    assertThat(restarted.served()).isEqualTo(Checksum.sha256(LINE));
    assertThat(restarted.bucket().isSeen()).isTrue();

    s3 = new S3Server(port);
    s3.put(KEY, OTHER);
    restarted.bucket().pull("line");
    assertThat(restarted.served()).isEqualTo(Checksum.sha256(OTHER));
    assertThat(restarted.bucket().failure()).isEmpty();
    restarted.installer().stop();
    restarted.catalog().close();
  }

  @Test
  void aKeptCopyThatWasChangedOnDiskIsNotServedWithoutTheStore() throws IOException {
    s3.put(KEY, LINE);
    service.bucket().pull("line");
    Files.write(folder.resolve("line/1/model.onnx"), OTHER);
    s3.close();
    Service restarted = service(Map.of());
    assertThat(restarted.served()).isEqualTo("nothing");
    assertThat(restarted.catalog().failures().get(ID)).contains("sha256 should be");
    restarted.installer().stop();
  }

  @Test
  void anAnnouncedModelIsFetchedFromABucketThatIsAllowed() throws Exception {
    s3.put("run/model.onnx", LINE);
    ModelFetcher fetcher = fetcher("s3://models/run/");
    assertThat(fetcher.fetch(exported("s3://models/run/model.onnx"))).isEqualTo(LINE);
    assertThatThrownBy(() -> fetcher.fetch(exported("s3://other/run/model.onnx")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("uri should start with one of");
    assertThatThrownBy(() -> fetcher.fetch(exported("s3://models/run/../secret/model.onnx")))
        .isInstanceOf(ModelRefusedException.class);
    assertThatThrownBy(() -> fetcher.fetch(exported("s3://models/run/absent.onnx")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the store answered 404, NoSuchKey");
    s3.put("run/model.onnx", OTHER);
    assertThatThrownBy(() -> fetcher.fetch(exported("s3://models/run/model.onnx")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("sha256 should be");
  }

  @Test
  void anAccessKeyNeedsItsSecret() {
    SmallRyeConfig settings =
        settings(Map.of()).withDefaultValue("bridle.inference.s3.secret-key", "").build();
    assertThatThrownBy(
            () ->
                new S3Store(
                    settings.getConfigMapping(S3Config.class),
                    settings.getConfigMapping(ModelRepositoryConfig.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bridle.inference.s3.secret-key is required");
  }

  private static byte[] json(byte[] onnx) {
    return """
        {"model": "line", "version": 1, "sha256": "%s", "sizeBytes": %d}
        """
        .formatted(Checksum.sha256(onnx), onnx.length)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static ModelExported exported(String uri) {
    return new ModelExported(
        new RunId("run"),
        1,
        "line",
        1,
        URI.create(uri),
        Checksum.sha256(LINE),
        LINE.length,
        1,
        Map.of(),
        Instant.EPOCH);
  }

  private ModelFetcher fetcher(String allowed) {
    SmallRyeConfig config = settings(Map.of("bridle.inference.allowed-uris", allowed)).build();
    ModelRepositoryConfig repository = config.getConfigMapping(ModelRepositoryConfig.class);
    return new ModelFetcher(
        repository, new S3Store(config.getConfigMapping(S3Config.class), repository));
  }

  /** Its folder read, and its bucket not yet. */
  private Service service(Map<String, String> others) {
    SmallRyeConfig config = settings(others).build();
    ModelRepositoryConfig repository = config.getConfigMapping(ModelRepositoryConfig.class);
    S3Config bucket = config.getConfigMapping(S3Config.class);
    S3Store store = new S3Store(bucket, repository);
    ModelCatalog catalog = new ModelCatalog();
    ModelInstaller installer =
        new ModelInstaller(repository, store, catalog, new SimpleMeterRegistry());
    installer.start(null);
    return new Service(catalog, installer, new BucketWatch(bucket, store, repository, installer));
  }

  private SmallRyeConfigBuilder settings(Map<String, String> others) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "bridle.inference.repository-dir",
                folder.toString(),
                "bridle.inference.s3.bucket",
                "s3://models/served",
                "bridle.inference.s3.endpoint",
                s3.endpoint().toString(),
                "bridle.inference.s3.access-key",
                S3Server.ACCESS_KEY,
                "bridle.inference.s3.secret-key",
                S3Server.SECRET_KEY));
    all.putAll(others);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ModelRepositoryConfig.class)
            .withMapping(S3Config.class);
    all.forEach(builder::withDefaultValue);
    return builder;
  }
}
