import django.db.models.deletion
import django_fsm
import golive.core.guards
import golive.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=golive.core.ids.uuid7, editable=False, unique=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='projects.project')),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='projects.checklist')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='projects.submission')),
                ('state', django_fsm.FSMField(choices=[('in_review', 'In review'), ('report_delivered', 'Report delivered'), ('mitigation', 'Mitigation'), ('concluded', 'Signed off'), ('suspended', 'Suspended'), ('withdrawn', 'Withdrawn')], default='in_review', max_length=50)),
                ('outcome', models.CharField(blank=True, choices=[('ready', 'Ready'), ('ready_with_conditions', 'Ready with conditions'), ('not_ready', 'Not ready')], max_length=24)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_at', models.DateTimeField()),
                ('first_report_due_on', models.DateField()),
                ('report_delivered_at', models.DateTimeField(blank=True, null=True)),
                ('concluded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('in_review', 'report_delivered', 'mitigation'))), fields=('checklist',), name='review_one_running', violation_error_message='Somebody has taken this review already.'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_at__isnull', False), ('state__in', ['concluded', 'suspended']), models.Q(('outcome', ''), _negated=True)), ('state__in', ['in_review', 'report_delivered', 'mitigation', 'withdrawn']), _connector='OR'), name='review_outcome_when_concluded'), golive.core.guards.LegalTransitions(field='state', initial='in_review', legal=[('concluded', 'suspended'), ('in_review', 'concluded'), ('in_review', 'report_delivered'), ('in_review', 'withdrawn'), ('mitigation', 'concluded'), ('mitigation', 'in_review'), ('mitigation', 'withdrawn'), ('report_delivered', 'concluded'), ('report_delivered', 'in_review'), ('report_delivered', 'mitigation'), ('report_delivered', 'withdrawn'), ('suspended', 'concluded'), ('suspended', 'withdrawn')], name='review_moves'), golive.core.guards.Rule(bad='OLD."state" <> NEW."state" AND NEW."state" = \'concluded\' AND NEW."outcome" IN (\'ready\', \'ready_with_conditions\') AND EXISTS (SELECT 1 FROM "reviews_finding" f WHERE f."review_id" = NEW."id" AND f."severity" = \'critical\' AND f."state" IN (\'open\', \'mitigation_requested\', \'plan_submitted\', \'plan_accepted\'))', event='update', message='No review is passed while a critical finding is open.', name='review_passes_without_critical'), golive.core.guards.Rule(bad='NOT EXISTS (SELECT 1 FROM "projects_submission" s JOIN "projects_checklistround" r ON r."id" = s."round_id" WHERE s."id" = NEW."submission_id" AND s."project_id" = NEW."project_id" AND r."checklist_id" = NEW."checklist_id")', event='insert_or_update', name='review_of_its_project')],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=golive.core.ids.uuid7, editable=False, unique=True)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='reviews.review')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='projects.project')),
                ('number', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=8)),
                ('state', django_fsm.FSMField(choices=[('draft', 'Draft'), ('open', 'Open'), ('mitigation_requested', 'Plan asked for'), ('plan_submitted', 'Plan submitted'), ('plan_accepted', 'Plan accepted'), ('mitigated', 'Mitigated'), ('accepted_by_customer', 'Risk accepted by the customer'), ('dismissed', 'Dismissed')], default='draft', max_length=50)),
                ('kind', models.CharField(choices=[('risk', 'Risk'), ('issue', 'Issue'), ('assertion', 'Strength'), ('best_practice', 'Best practice'), ('recommendation', 'Recommendation')], max_length=16)),
                ('severity', models.CharField(blank=True, choices=[('critical', 'Critical'), ('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10)),
                ('topic', models.CharField(max_length=8)),
                ('question', models.CharField(blank=True, max_length=8)),
                ('rule', models.CharField(blank=True, max_length=24)),
                ('title', models.CharField(max_length=200)),
                ('detail', models.TextField(blank=True)),
                ('mitigation', models.TextField(blank=True)),
                ('owner', models.CharField(default='project_manager', max_length=24)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('because', models.CharField(blank=True, max_length=500)),
                ('accepted_until', models.DateField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='finding_number'), models.UniqueConstraint(fields=('review', 'label'), name='finding_label'), models.UniqueConstraint(condition=models.Q(('rule', ''), _negated=True), fields=('review', 'rule'), name='finding_rule_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='finding_version_from_one'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['risk', 'issue']), ('severity__in', ['critical', 'high', 'medium', 'low'])), models.Q(models.Q(('severity', '')), models.Q(('kind__in', ['risk', 'issue']), _negated=True)), _connector='OR'), name='finding_severity_when_graded'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted_by_customer'), _negated=True), models.Q(models.Q(('accepted_by__isnull', False), ('accepted_until__isnull', False)), models.Q(('because', ''), _negated=True)), _connector='OR'), name='finding_acceptance_whole'), models.CheckConstraint(condition=models.Q(('because', ''), ('state', 'dismissed'), _negated=True), name='finding_dismissed_says_why'), golive.core.guards.LegalTransitions(field='state', initial='draft', legal=[('draft', 'dismissed'), ('draft', 'open'), ('mitigation_requested', 'accepted_by_customer'), ('mitigation_requested', 'dismissed'), ('mitigation_requested', 'plan_submitted'), ('open', 'accepted_by_customer'), ('open', 'dismissed'), ('open', 'mitigation_requested'), ('plan_accepted', 'accepted_by_customer'), ('plan_accepted', 'dismissed'), ('plan_accepted', 'mitigated'), ('plan_submitted', 'accepted_by_customer'), ('plan_submitted', 'dismissed'), ('plan_submitted', 'mitigation_requested'), ('plan_submitted', 'plan_accepted')], name='finding_moves'), golive.core.guards.Rule(bad='NOT EXISTS (SELECT 1 FROM "reviews_review" r WHERE r."id" = NEW."review_id" AND r."project_id" = NEW."project_id")', event='insert_or_update', name='finding_of_its_project'), golive.core.guards.Rule(bad='OLD."id" IS NOT NULL', event='delete', message='Findings are kept.', name='finding_kept')],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='MitigationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='reviews.finding')),
                ('number', models.PositiveSmallIntegerField()),
                ('ask', models.TextField(blank=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'number'), name='mitigation_round_once'), golive.core.guards.AppendOnly(name='mitigation_round_kept')],
            },
        ),
        migrations.CreateModel(
            name='MitigationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='reviews.mitigationround')),
                ('what', models.TextField()),
                ('owner', models.CharField(max_length=120)),
                ('due_on', models.DateField()),
                ('sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('what', ''), ('owner', ''), _connector='OR'), _negated=True), name='mitigation_plan_whole'), golive.core.guards.AppendOnly(name='mitigation_plan_kept')],
            },
        ),
        migrations.CreateModel(
            name='PlanDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='reviews.mitigationplan')),
                ('accepted', models.BooleanField()),
                ('reply', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted', True), models.Q(('reply', ''), _negated=True), _connector='OR'), name='plan_returned_says_why'), golive.core.guards.AppendOnly(name='plan_decision_kept')],
            },
        ),
        migrations.CreateModel(
            name='ReportOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=golive.core.ids.uuid7, editable=False, unique=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_orders', to='projects.project')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_orders', to='reviews.review')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_orders', to='projects.submission')),
                ('version', models.PositiveSmallIntegerField()),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('review', 'version'), name='report_order_version'), models.CheckConstraint(condition=models.Q(('sha256__length', 64)), name='report_order_hash_whole'), golive.core.guards.AppendOnly(name='report_order_kept')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=golive.core.ids.uuid7, editable=False, unique=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='projects.project')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='reviews.reportorder')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='projects.submission')),
                ('audience', models.CharField(default='team', max_length=12)),
                ('version', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'audience', 'version'), name='report_version'), models.CheckConstraint(condition=models.Q(('sha256__length', 64)), name='report_hash_whole'), models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='report_has_bytes'), golive.core.guards.AppendOnly(name='report_kept')],
            },
        ),
        migrations.CreateModel(
            name='Conclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=golive.core.ids.uuid7, editable=False, unique=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='projects.project')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='reviews.review')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='projects.submission')),
                ('reconfirms', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.conclusion')),
                ('outcome', models.CharField(choices=[('ready', 'Ready'), ('ready_with_conditions', 'Ready with conditions'), ('not_ready', 'Not ready')], max_length=24)),
                ('conditions', models.JSONField(default=list)),
                ('review_hash', models.CharField(max_length=64)),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.report')),
                ('report_sha256', models.CharField(blank=True, max_length=64)),
                ('go_live_on', models.DateField(blank=True, null=True)),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('concluded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reconfirms', None)), fields=('review',), name='conclusion_once', violation_error_message='This review is signed off already.'), models.CheckConstraint(condition=models.Q(('review_hash__length', 64)), name='conclusion_hash_whole'), models.CheckConstraint(condition=models.Q(('outcome', 'not_ready'), models.Q(('go_live_on__isnull', False), ('report__isnull', False), ('report_sha256__length', 64)), _connector='OR'), name='conclusion_passed_whole'), models.CheckConstraint(condition=models.Q(('concluded_by', models.F('submitted_by')), _negated=True), name='conclusion_not_by_submitter'), golive.core.guards.Rule(bad='EXISTS (SELECT 1 FROM "projects_submissioncontributor" c WHERE c."submission_id" = NEW."submission_id" AND c."user_id" = NEW."concluded_by_id") OR EXISTS (SELECT 1 FROM "projects_membership" m WHERE m."project_id" = NEW."project_id" AND m."user_id" = NEW."concluded_by_id")', event='insert', message='Who contributed to a checklist, or is on the project, cannot sign off its review.', name='conclusion_not_by_contributor'), golive.core.guards.AppendOnly(name='conclusion_kept')],
            },
        ),
        migrations.CreateModel(
            name='ReviewSuspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='reviews.review')),
                ('because', models.CharField(max_length=40)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [golive.core.guards.AppendOnly(name='review_suspension_kept')],
            },
        ),
        migrations.CreateModel(
            name='FindingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reviews.finding')),
                ('version', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'version'), name='finding_version_once'), golive.core.guards.AppendOnly(name='finding_version_kept')],
            },
        ),
    ]
