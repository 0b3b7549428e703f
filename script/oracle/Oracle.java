// Oracle: answers an XForm with JavaRosa, the engine of ODK Collect, and writes down what happened.
//
//   java -cp ODK_Validate.jar:out Oracle FORM.xml SEED > trace
//
// A JSON object a line: {"op":"clock"}, then the steps `see`, `answer` (result 0 accepted, 1 required but empty, 2
// constraint violated), `addRepeat`, `removeRepeat`, then `validate`; the final instance is the last part. References
// count repeats from 0, as JavaRosa prints them. A walk answers everything it meets, types wrong things now and then
// and corrects them, adds repeats; then answers are changed and a repeat is removed; a last walk answers what became
// relevant.

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.reference.*;
import org.javarosa.form.api.*;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.test.Scenario;

public final class Oracle {
  private static final int STEPS_MAX = 20_000;
  private static final int REPEATS_MAX = 4;

  private final PrintStream out;
  private final Generators make;
  private final FormEntryController controller;
  private final FormEntryModel model;
  private final FormDef form;
  private final Map<String, Integer> added = new HashMap<>();
  private int answered, accepted, steps;

  private Oracle(PrintStream out, Generators make, Scenario scenario) {
    this.out = out;
    this.make = make;
    this.controller = scenario.getFormEntryController();
    this.model = controller.getModel();
    this.form = scenario.getFormDef();
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));  // JavaRosa talks
    File file = new File(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    serveAttachments(file.getAbsoluteFile().getParentFile());
    String now = OffsetDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX"));
    out.println("{\"op\":\"clock\",\"now\":" + quote(now) + "}");
    Oracle oracle = new Oracle(out, new Generators(new Random(seed)), Scenario.init(file));
    oracle.walk(true);
    oracle.changeAnswers();
    oracle.removeOne();
    oracle.walk(false);
    oracle.finish();
    out.flush();
    System.err.printf("%s seed=%d answered=%d accepted=%d%n", file.getName(), seed, oracle.answered, oracle.accepted);
  }

  /** From the beginning to the end. The first walk answers everything, the last only what is empty and asked for. */
  private void walk(boolean first) {
    controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
    for (; steps < STEPS_MAX; steps++) {
      switch (controller.stepToNextEvent()) {
        case FormEntryController.EVENT_END_OF_FORM:
          return;
        case FormEntryController.EVENT_PROMPT_NEW_REPEAT:
          if (first) maybeAdd();
          break;
        case FormEntryController.EVENT_QUESTION:
          FormEntryPrompt prompt = model.getQuestionPrompt();
          if (prompt.isReadOnly()) {
            if (first) out.println("{\"op\":\"see\",\"ref\":" + reference() + ",\"label\":" + quote(prompt.getQuestionText()) + "}");
          } else if (first || prompt.getAnswerValue() == null && prompt.isRequired()) {
            answer(prompt, first && make.oneIn(12));
          }
          break;
        default:
      }
    }
  }

  private void maybeAdd() {
    FormIndex index = model.getFormIndex();
    int count = added.merge(index.getReference().genericize().toString(), 1, Integer::sum);
    if (count >= REPEATS_MAX || make.oneIn(3)) return;
    String reference = reference();
    controller.newRepeat();
    out.println("{\"op\":\"addRepeat\",\"ref\":" + reference + "}");
  }

  /** Goes back to some questions, as people do, and answers them anew. */
  private void changeAnswers() {
    List<FormIndex> questions = new ArrayList<>();
    controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
    for (int event; (event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM; ) {
      if (event == FormEntryController.EVENT_QUESTION && !model.getQuestionPrompt().isReadOnly()) questions.add(model.getFormIndex());
    }
    for (int i = 0; i < questions.size() / 8; i++) {
      FormIndex index = questions.get(make.below(questions.size()));
      if (!model.isIndexRelevant(index)) continue;
      controller.jumpToIndex(index);
      answer(model.getQuestionPrompt(), false);
    }
  }

  /** Removes one instance of a repeat that has several, not always the last. */
  private void removeOne() {
    List<FormIndex> instances = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
    for (int event; (event = controller.stepToNextEvent()) != FormEntryController.EVENT_END_OF_FORM; ) {
      if (event != FormEntryController.EVENT_REPEAT) continue;
      FormIndex index = model.getFormIndex();
      if (form.isRepeatRelevant(index.getReference()) && hasFreeCount(index)) {
        instances.add(index);
        counts.merge(index.getReference().genericize().toString(), 1, Integer::sum);
      }
    }
    instances.removeIf(index -> counts.get(index.getReference().genericize().toString()) < 2);
    if (instances.isEmpty() || make.oneIn(3)) return;
    controller.jumpToIndex(instances.get(make.below(instances.size())));
    String reference = reference();
    controller.deleteRepeat();
    out.println("{\"op\":\"removeRepeat\",\"ref\":" + reference + "}");
  }

  private boolean hasFreeCount(FormIndex index) {
    return form.getChild(index) instanceof GroupDef group && group.getCountReference() == null && !group.noAddRemove;
  }

  private void answer(FormEntryPrompt prompt, boolean wrong) {
    for (int attempt = 0; attempt < 3; attempt++) {
      String text = lexical(prompt, wrong && attempt == 0);
      IAnswerData value = text == null ? null : data(prompt, text);
      if (value == null) return;
      int result = controller.answerQuestion(value, true);
      answered++;
      out.println("{\"op\":\"answer\",\"ref\":" + reference() + ",\"value\":" + quote(text) + ",\"result\":" + result + ",\"label\":"
          + quote(prompt.getQuestionText()) + "}");
      if (result == FormEntryController.ANSWER_OK) {
        accepted++;
        return;
      }
    }
  }

  private String lexical(FormEntryPrompt prompt, boolean wrong) {
    switch (prompt.getControlType()) {
      case Constants.CONTROL_SELECT_ONE: return choice(prompt.getSelectChoices());
      case Constants.CONTROL_SELECT_MULTI: return choices(prompt.getSelectChoices(), false);
      case Constants.CONTROL_RANK: return choices(prompt.getSelectChoices(), true);
      case Constants.CONTROL_TRIGGER: return "OK";
      case Constants.CONTROL_INPUT: case Constants.CONTROL_RANGE: break;
      default: return null;
    }
    String type = switch (prompt.getDataType()) {
      case Constants.DATATYPE_INTEGER -> "integer";
      case Constants.DATATYPE_DECIMAL -> "decimal";
      case Constants.DATATYPE_DATE -> "date";
      case Constants.DATATYPE_TIME -> "time";
      case Constants.DATATYPE_DATE_TIME -> "dateTime";
      case Constants.DATATYPE_GEOPOINT -> "geopoint";
      default -> "string";
    };
    String name = prompt.getIndex().getReference().getNameLast();
    String kind = attribute(prompt, "kind");
    boolean leaveEmpty = !prompt.isRequired() && make.oneIn("idNumber".equals(kind) ? 6 : 8);
    if (leaveEmpty) return null;
    String text = make.text(kind, name, type, wrong);
    // JavaRosa writes a decimal as Java does; typed that way, both engines keep the same characters.
    return type.equals("decimal") ? Double.toString(Double.parseDouble(text)) : text;
  }

  /** The first choices of a list are the frequent ones: half of the answers take one of the first three. */
  private String choice(List<SelectChoice> list) {
    if (list == null || list.isEmpty()) return null;
    return list.get(make.below(make.oneIn(2) ? Math.min(3, list.size()) : list.size())).getValue();
  }

  private String choices(List<SelectChoice> list, boolean all) {
    if (list == null || list.isEmpty()) return null;
    List<SelectChoice> rest = new ArrayList<>(list);
    int count = all ? rest.size() : 1 + make.below(Math.min(3, rest.size()));
    StringJoiner joined = new StringJoiner(" ");
    // The last choice is often 其他, on which further questions depend.
    for (int i = 0; i < count; i++) joined.add(rest.remove(make.oneIn(5) ? rest.size() - 1 : make.below(rest.size())).getValue());
    return joined.toString();
  }

  private IAnswerData data(FormEntryPrompt prompt, String text) {
    switch (prompt.getControlType()) {
      case Constants.CONTROL_SELECT_ONE:
        return new SelectOneData(selection(prompt, text));
      case Constants.CONTROL_SELECT_MULTI: case Constants.CONTROL_RANK: {
        List<Selection> picked = new ArrayList<>();
        for (String value : text.split(" ")) picked.add(selection(prompt, value));
        return new SelectMultiData(picked);
      }
      default:
    }
    switch (prompt.getDataType()) {
      case Constants.DATATYPE_INTEGER: return new IntegerData(Integer.parseInt(text));
      case Constants.DATATYPE_DECIMAL: return new DecimalData(Double.parseDouble(text));
      case Constants.DATATYPE_DATE: return new DateData(DateUtils.parseDate(text));
      case Constants.DATATYPE_TIME: return new TimeData(DateUtils.parseTime(text));
      case Constants.DATATYPE_DATE_TIME: return new DateTimeData(DateUtils.parseDateTime(text));
      case Constants.DATATYPE_GEOPOINT: {
        String[] parts = text.split(" ");
        double[] point = new double[parts.length];
        for (int i = 0; i < parts.length; i++) point[i] = Double.parseDouble(parts[i]);
        return new GeoPointData(point);
      }
      default: return new StringData(text);
    }
  }

  private static Selection selection(FormEntryPrompt prompt, String value) {
    for (SelectChoice choice : prompt.getSelectChoices()) if (choice.getValue().equals(value)) return choice.selection();
    throw new IllegalStateException("no choice " + value);
  }

  private static String attribute(FormEntryPrompt prompt, String name) {
    for (TreeElement attribute : prompt.getBindAttributes())
      if (attribute.getName().equals(name)) return attribute.getAttributeValue();
    return null;
  }

  private void finish() {
    ValidateOutcome outcome = form.validate();
    out.println("{\"op\":\"validate\",\"ok\":" + (outcome == null) + ",\"outcome\":" + (outcome == null ? "null" : outcome.outcome) + "}");
    try {
      out.println(new String(new XFormSerializingVisitor().serializeInstance(form.getInstance()), StandardCharsets.UTF_8));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private String reference() {
    var reference = model.getFormIndex().getReference();
    return quote(reference == null ? "" : reference.toString(true, true));
  }

  private static String quote(String text) {
    if (text == null) return "null";
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c == '\n') quoted.append("\\n");
      else quoted.append(c < ' ' ? ' ' : c);
    }
    return quoted.append('"').toString();
  }

  /** jr://file/… and jr://file-csv/… name files beside the form. */
  private static void serveAttachments(File folder) {
    for (String kind : new String[] {"file", "file-csv", "images", "audio", "video"}) {
      String prefix = "jr://" + kind + "/";
      ReferenceManager.instance().addReferenceFactory(new ReferenceFactory() {
        @Override public boolean derives(String uri) { return uri.startsWith(prefix); }
        @Override public Reference derive(String uri) { return new Attachment(uri, new File(folder, uri.substring(prefix.length()))); }
        @Override public Reference derive(String uri, String context) { return derive(uri); }
      });
    }
  }

  private record Attachment(String uri, File file) implements Reference {
    @Override public boolean doesBinaryExist() { return file.exists(); }
    @Override public InputStream getStream() throws IOException { return new FileInputStream(file); }
    @Override public String getURI() { return uri; }
    @Override public boolean isReadOnly() { return true; }
    @Override public OutputStream getOutputStream() { return null; }
    @Override public void remove() {}
    @Override public String getLocalURI() { return file.getAbsolutePath(); }
    @Override public Reference[] probeAlternativeReferences() { return new Reference[0]; }
  }
}
