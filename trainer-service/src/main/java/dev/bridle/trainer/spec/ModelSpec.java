package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is trained. A further kind is a record and a line here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = MlpSpec.class, name = "mlp"))
public sealed interface ModelSpec permits MlpSpec {}
